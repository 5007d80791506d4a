package io.jetwright.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarksTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"metadata": {"jetwright.io/fields": "maxMsgs,maxAge,metadata.team"}} | maxAge,maxMsgs,metadata.team
            {"metadata": {"jetwright.io/fields": ""}}                             | ``
            {"metadata": {"team": "sales"}}                                       | ``
            {"metadata": null}                                                    | ``
            {}                                                                    | ``
            """)
    void standInAnObjectsMetadataInAlphabeticalOrder(String settings, String marks) {
        assertThat(Marks.of(Settings.of(Specs.json(settings)))).hasToString(marks);
    }

    @Test
    void nameFieldsAndKeysOfTheMetadata() {
        Marks marks = Marks.NONE.with(List.of("maxAge")).withKeys(List.of("team"));
        assertThat(marks).hasToString("maxAge,metadata.team");
        assertThat(marks.hasField("maxAge")).isTrue();
        assertThat(marks.hasField("team")).isFalse();
        assertThat(marks.hasKey("team")).isTrue();
        assertThat(marks.hasKey("maxAge")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"team", "a,b", "a%2Cb", "100%", "example.com/team", "a b"})
    void aKeyIsReadAsItWasWrittenWhateverIsInIt(String key) {
        Marks marks = read(Marks.NONE.withKeys(List.of(key, "other")));
        assertThat(marks.hasKey(key)).isTrue();
        assertThat(marks.hasKey("other")).isTrue();
        assertThat(marks.names()).hasSize(2);
    }

    @Test
    void marksThatAreAddedLeaveTheFormerAsTheyAre() {
        Marks marks = Marks.NONE.with(List.of("maxAge"));
        assertThat(marks.with(List.of("maxMsgs"))).hasToString("maxAge,maxMsgs");
        assertThat(marks).hasToString("maxAge");
        assertThat(Marks.NONE.names()).isEmpty();
    }

    private static Marks read(Marks marks) {
        ObjectNode metadata = JsonNodeFactory.instance.objectNode().put(Mapping.FIELDS_KEY, marks.toString());
        return Marks.of(Settings.of(Specs.json("{}")).with("metadata", metadata));
    }
}
