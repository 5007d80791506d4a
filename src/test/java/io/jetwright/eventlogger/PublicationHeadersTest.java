package io.jetwright.eventlogger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicationHeadersTest {
    private static Map<String, List<String>> read(String headers) {
        return Publication.parse(("{\"name\":\"x\",\"headers\":" + headers + ",\"data\":1}").getBytes(UTF_8))
                .headers();
    }

    private static String numbered(int number) {
        return IntStream.range(0, number).mapToObj(i -> "\"" + i + "\"").collect(Collectors.joining(",", "[", "]"));
    }

    @Test
    void aHeaderHasOneValueOrSeveral() {
        assertThat(read("{\"trace-id\":\"4bf9\",\"Tag\":[\"a b\",\"\"],\"tag\":\"~\"}"))
                .containsExactly(
                        Map.entry("trace-id", List.of("4bf9")),
                        Map.entry("Tag", List.of("a b", "")),
                        Map.entry("tag", List.of("~")));
        assertThat(read("{}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Nats-Rollup", "nats-ttl", "NATS-EXPECTED-STREAM", "Nats-Msg-Id", "Nats-Anything-New"})
    void noHeaderActsOnTheServer(String name) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> read("{\"" + name + "\":\"all\"}"))
                .withMessageContaining("header " + name + " tells the NATS server what to do");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]|headers is no object",
                "null|headers is no object",
                "{\"\":\"a\"}|has a name that is empty",
                "{\"a b\":\"a\"}|has a name that is empty",
                "{\"a:b\":\"a\"}|has a name that is empty",
                "{\"a\\r\\nNats-Rollup\":\"a\"}|has a name that is empty",
                "{\"ñ\":\"a\"}|has a name that is empty",
                "{\"a\":1}|header a is neither a text nor a list of texts",
                "{\"a\":[[]]}|header a is neither a text nor a list of texts",
                "{\"a\":[]}|header a has no value",
                "{\"a\":\"b\\r\\nNats-Rollup: all\"}|header a has characters that are not printable ASCII",
                "{\"a\":\"ñ\"}|header a has characters that are not printable ASCII",
                "{\"a\":\"1\",\"a\":\"2\"}|header a is given twice"
            })
    void aWrongHeaderIsNamed(String headers, String message) {
        assertThatExceptionOfType(Problem.class).isThrownBy(() -> read(headers)).withMessageContaining(message);
    }

    @Test
    void theirNumberIsLimited() {
        assertThat(read("{\"a\":" + numbered(60) + ",\"b\":" + numbered(40) + "}")
                        .values())
                .flatMap(values -> values)
                .hasSize(PublicationHeaders.MAX_VALUES);
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> read("{\"a\":" + numbered(60) + ",\"b\":" + numbered(41) + "}"))
                .withMessageContaining("more than 100 values");
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> read("{\"" + "a".repeat(256) + "\":\"1\"}"))
                .withMessageContaining("longer than 255");
    }
}
