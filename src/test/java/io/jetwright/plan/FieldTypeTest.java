package io.jetwright.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldTypeTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            PLAIN     | 1         | 1         | true
            PLAIN     | 1         | 2         | false
            PLAIN     | 0         |           | true
            PLAIN     |           | false     | true
            PLAIN     |           |           | true
            PLAIN     | -1        |           | false
            PLAIN     | "none"    |           | false
            PLAIN     | ["a","b"] | ["b","a"] | false
            LIMIT     | -1        | 0         | true
            LIMIT     | -1        |           | true
            LIMIT     |           | -1        | true
            LIMIT     | 5         | -1        | false
            LIMIT     | -2        |           | false
            CHOICE    | "none"    |           | true
            CHOICE    | "default" | "none"    | true
            CHOICE    |           | "default" | true
            CHOICE    | "s2"      |           | false
            CHOICE    | "s2"      | "none"    | false
            SET       | ["a","b"] | ["b","a"] | true
            SET       | ["a"]     | ["b","a"] | false
            SET       | []        |           | true
            DURATION  | 0         |           | true
            DURATION  | 5         | 5         | true
            DURATION  | -1        | 0         | false
            DURATIONS | [1,2]     | [1,2]     | true
            DURATIONS | [1,2]     | [2,1]     | false
            """)
    void valuesThatMeanTheSameAreTheSame(
            FieldType type, @Nullable String desired, @Nullable String actual, boolean same) {
        assertThat(type.same(json(desired), json(actual))).isEqualTo(same);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            PLAIN     | "a"                 | a
            PLAIN     | ""                  | ``
            PLAIN     | ["a","b"]           | ["a","b"]
            PLAIN     | {"name":"A"}        | {"name":"A"}
            PLAIN     | true                | true
            PLAIN     | null                | (none)
            PLAIN     |                     | (none)
            LIMIT     | -1                  | -1
            CHOICE    | "none"              | none
            SET       | ["b","a"]           | ["b","a"]
            DURATION  | 5400000000000       | 1h30m
            DURATION  | 0                   | 0s
            DURATION  |                     | (none)
            DURATIONS | [1000000000, 1]     | [1s, 1ns]
            DURATIONS | []                  | []
            DURATIONS | null                | (none)
            """)
    void aValueReadsAsPeopleWriteIt(FieldType type, @Nullable String value, String expected) {
        assertThat(type.show(json(value))).isEqualTo(expected);
    }

    private static @Nullable JsonNode json(@Nullable String text) {
        return text == null ? null : Specs.json(text);
    }
}
