package io.jetwright.relay.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SequencesTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1-2", "1,3", "3-5,9", "1-3,5-7,9007199254740993"})
    void theTextIsReadAsItWasWritten(String text) {
        assertThat(Sequences.text(Sequences.parse(text))).isEqualTo(text);
    }

    @Test
    void neighboursAreARange() {
        assertThat(Sequences.text(new TreeSet<>(List.of(4L, 2L, 3L, 7L)))).isEqualTo("2-4,7");
        assertThat(Sequences.parse("2-4,7")).containsExactly(2L, 3L, 4L, 7L);
    }

    @Test
    void aLongTextIsCut() {
        assertThat(Sequences.shortText(Sequences.parse("1,3,5,7"), 2)).isEqualTo("1, 3 ...");
        assertThat(Sequences.shortText(Sequences.parse("1,3"), 2)).isEqualTo("1, 3");
    }
}
