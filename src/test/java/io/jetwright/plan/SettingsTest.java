package io.jetwright.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    private static final Settings SETTINGS = Settings.of(Specs.json("{\"name\": \"ORDERS\", \"max_msgs\": 5}"));

    @Test
    void areWrittenAsTheyWereReadInTheSameOrder() {
        assertThat(SETTINGS.toJson()).hasToString("{\"name\":\"ORDERS\",\"max_msgs\":5}");
    }

    @Test
    void aFieldIsFoundByItsNameInJetStreamsJson() {
        assertThat(SETTINGS.get("max_msgs")).isEqualTo(IntNode.valueOf(5));
        assertThat(SETTINGS.get("maxMsgs")).isNull();
    }

    @Test
    void anAbsentFieldReadsAsWhatGoMakesOfIt() {
        assertThat(SETTINGS.text("name")).isEqualTo("ORDERS");
        assertThat(SETTINGS.text("description")).isEmpty();
        assertThat(SETTINGS.number("max_msgs")).isEqualTo(5);
        assertThat(SETTINGS.number("max_age")).isZero();
        assertThat(SETTINGS.has("max_msgs")).isTrue();
        assertThat(SETTINGS.has("max_age")).isFalse();
        assertThat(SETTINGS.with("max_age", IntNode.valueOf(0)).has("max_age")).isFalse();
    }

    @Test
    void aFieldIsAddedOrReplacedInACopy() {
        assertThat(SETTINGS.with("max_age", IntNode.valueOf(7)).toJson())
                .hasToString("{\"name\":\"ORDERS\",\"max_msgs\":5,\"max_age\":7}");
        assertThat(SETTINGS.with("name", TextNode.valueOf("BILLS")).toJson())
                .hasToString("{\"name\":\"BILLS\",\"max_msgs\":5}");
        assertThat(SETTINGS.toJson()).hasToString("{\"name\":\"ORDERS\",\"max_msgs\":5}");
    }

    @Test
    void cannotBeChanged() {
        Map<String, JsonNode> fields = new HashMap<>();
        var settings = new Settings(fields);
        fields.put("name", TextNode.valueOf("ORDERS"));
        assertThat(settings.fields()).isEmpty();
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> settings.fields().putAll(fields));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"metadata": {"team": "sales"}} | sales
            {"metadata": {"team": ""}}      | ``
            {"metadata": {"by": "hand"}}    |
            {"metadata": {}}                |
            {"metadata": null}              |
            {}                              |
            """)
    void aKeyOfTheMetadataHasAValueOrNone(String json, String expected) {
        assertThat(Settings.of(Specs.json(json)).metadata("team")).isEqualTo(Optional.ofNullable(expected));
    }
}
