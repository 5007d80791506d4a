package io.jetwright.operator.asset.kind;

import static io.jetwright.operator.asset.kind.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InfoReaderTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"at": "2026-06-01T11:00:00.999999999Z"} | 2026-06-01T11:00:00Z
                    {"at": "2026-06-01T13:00:00+02:00"}      | 2026-06-01T11:00:00Z
                    {"at": "0001-01-01T00:00:00Z"}           |
                    {"at": ""}                               |
                    {}                                       |
                    """)
    void aTimeIsToTheSecondAndNoneWhenGoWroteNone(String object, String time) {
        assertThat(InfoReader.time(json(object), "at")).isEqualTo(time);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"a": "b"} | b
            {"a": ""}  |
            {}         |
            """)
    void anEmptyTextIsNone(String object, String text) {
        assertThat(InfoReader.text(json(object), "a")).isEqualTo(text);
    }
}
