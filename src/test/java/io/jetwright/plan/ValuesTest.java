package io.jetwright.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
    @ParameterizedTest
    @ValueSource(strings = {"null", "0", "0.0", "false", "\"\"", "[]", "{}", "{\"a\":0}", "{\"a\":{\"b\":\"\"}}"})
    void whatGoLeavesOutIsZeroAndTheSameAsNothing(String json) {
        assertThat(Values.isZero(json(json))).isTrue();
        assertThat(Values.same(json(json), null)).isTrue();
        assertThat(Values.same(null, json(json))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "-1", "0.5", "true", "\"0\"", "\" \"", "[0]", "[\"\"]", "{\"a\":false,\"b\":1}"})
    void whatGoWritesIsNotZeroAndNotTheSameAsNothing(String json) {
        assertThat(Values.isZero(json(json))).isFalse();
        assertThat(Values.same(json(json), null)).isFalse();
        assertThat(Values.same(null, json(json))).isFalse();
        assertThat(Values.same(json(json), json(json))).isTrue();
    }

    @Test
    void nothingIsTheSameAsNothing() {
        assertThat(Values.same(null, null)).isTrue();
        assertThat(Values.same(null, MissingNode.getInstance())).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    1 | 1.0
                    1000000000000 | 1000000000000.0
                    "a" | "a"
                    ["a", "b"] | ["a","b"]
                    {"a":1,"b":2} | {"b":2,"a":1}
                    {"a":1} | {"a":1,"b":0,"c":"","d":false,"e":null,"f":[],"g":{}}
                    {"a":{"b":[{"c":1}]}} | {"a":{"b":[{"c":1,"d":""}]}}
                    "2026-01-31T12:00:00Z" | "2026-01-31T12:00:00.000Z"
                    "2026-01-31T12:00:00Z" | "2026-01-31T14:00:00+02:00"
                    {"t":"2026-01-31T12:00:00Z"} | {"t":"2026-01-31T12:00:00.0Z"}
                    """)
    void theSameInOtherWordsIsTheSame(String one, String other) {
        assertThat(Values.same(json(one), json(other))).isTrue();
        assertThat(Values.same(json(other), json(one))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    1 | 2
                    1 | "1"
                    true | "true"
                    true | false
                    "a" | "A"
                    ["a","b"] | ["b","a"]
                    ["a"] | ["a","b"]
                    ["a"] | "a"
                    {"a":1} | {"a":2}
                    {"a":1} | {"b":1}
                    {"a":{"b":1}} | {"a":{"b":1,"c":1}}
                    "2026-01-31T12:00:00Z" | "2026-01-31T12:00:01Z"
                    "2026-01-31T12:00:00Z" | "2026-01-31"
                    """)
    void whatMeansSomethingElseIsNotTheSame(String one, String other) {
        assertThat(Values.same(json(one), json(other))).isFalse();
        assertThat(Values.same(json(other), json(one))).isFalse();
    }

    private static JsonNode json(String text) {
        try {
            return JsonMapper.builder().build().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
