package io.jetwright.eventlogger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderFilterTest {
    private static final Map<String, List<String>> HEADERS =
            Map.of("Trace-Id", List.of("a", "b:c"), "Empty", List.of(""));

    @ParameterizedTest
    @CsvSource({
        "Trace-Id, true",
        "trace-id, true",
        "Trace-Id:a, true",
        "'Trace-Id: b:c ', true",
        "Trace-Id:A, false",
        "Trace-Id:b, false",
        "Empty:, true",
        "Trace-Id:, false",
        "Trace, false"
    })
    void aMessageIsWantedIfOneValueIsTheOne(String text, boolean isWanted) {
        assertThat(HeaderFilter.parse(text).matches(HEADERS)).isEqualTo(isWanted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":x", " :x", "a b", "ñ"})
    void whatIsNoNameIsRefused(String text) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> HeaderFilter.parse(text))
                .withMessageContaining("expected such as Trace-Id or Trace-Id:abc");
    }
}
