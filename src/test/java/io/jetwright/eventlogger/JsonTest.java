package io.jetwright.eventlogger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    private static String value(String text) throws IOException {
        try (JsonParser parser = Json.parser(text)) {
            parser.nextToken();
            return Json.value(parser, text);
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "null, null",
                "true, true",
                "` 1.50 `, 1.50",
                "-0.0, -0.0",
                "1e400, 1e400",
                "`\"a b\"`, `\"a b\"`",
                "`\"\\\" \\\\\"`, `\"\\\" \\\\\"`",
                "`\"\\u00f1 ñ\"`, `\"\\u00f1 ñ\"`",
                "`[ ]`, []",
                "`{ \"b\" : 1 ,\n\t\"a\" : [ 1.0 , { } ] }`, `{\"b\":1,\"a\":[1.0,{}]}`",
                "`{\"a \\\" : b\": \" [ 1 ] \"}`, `{\"a \\\" : b\":\" [ 1 ] \"}`"
            })
    void aValueStaysAsItWasWrittenWithoutWhiteSpaceBetweenTokens(String text, String value) throws IOException {
        assertThat(value(text)).isEqualTo(value);
    }

    @Test
    void numbersAndNamesHaveNoLimitOfTheirOwn() throws IOException {
        String digits = "7".repeat(100_000);
        String object = "{\"" + "n".repeat(100_000) + "\":[" + digits + ",-0." + digits + "]}";

        assertThat(value(digits)).isEqualTo(digits);
        assertThat(value(object)).isEqualTo(object);
    }

    @Test
    void theParserGoesOnAfterTheValue() throws IOException {
        String text = "{\"a\": [1, 2], \"b\": \"x\", \"c\": 3 , \"d\": {\"e\": 4}}";
        List<String> values = new ArrayList<>();
        try (JsonParser parser = Json.parser(text)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                parser.nextToken();
                values.add(Json.value(parser, text));
            }
            assertThat(parser.nextToken()).isNull();
        }
        assertThat(values).containsExactly("[1,2]", "\"x\"", "3", "{\"e\":4}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1,", "\"x", "01", "{'a':1}", "nul", "[NaN]", "\"\t\""})
    void whatIsNotJsonIsRefused(String text) {
        assertThatExceptionOfType(JsonProcessingException.class).isThrownBy(() -> value(text));
    }

    @Test
    void aValueMayBeNestedUpToTheLimit() throws IOException {
        String deep = "[".repeat(Json.MAX_NESTING_DEPTH) + "]".repeat(Json.MAX_NESTING_DEPTH);

        assertThat(value(deep)).isEqualTo(deep);
        assertThatExceptionOfType(JsonProcessingException.class).isThrownBy(() -> value("[" + deep + "]"));
    }

    @Test
    void writesUtf8() {
        assertThat(Json.write(json -> json.writeString("ñ\n"))).isEqualTo("\"ñ\\n\"".getBytes(UTF_8));
    }

    @Test
    void aFailureToWriteIsUnchecked() {
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> Json.write(json -> {
                    throw new IOException("broken");
                }))
                .withMessageContaining("broken");
    }
}
