package io.jetwright.eventlogger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublishEndpointTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json; charset=utf-8",
                "Application/JSON;charset=UTF-8",
                "application/cloudevents+json",
                "application/vnd.example.v1+json; profile=x"
            })
    void jsonMayHaveParametersAndBeBuiltUpon(String contentType) {
        assertThat(PublishEndpoint.isJson(contentType)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text/plain",
                "text/plain; application/json",
                "text/json",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=application/json",
                "application/jsonp",
                "application/json, text/plain",
                "application/+json",
                "application/json-seq"
            })
    void whatAFormCanSendIsNoJson(String contentType) {
        assertThat(PublishEndpoint.isJson(contentType)).isFalse();
    }

    static Stream<String> keys() {
        return Stream.of("1", "!", "~", "7b0e7d0e-2f4b-4a0e-9a30-0c6b8c6d4e52", "k".repeat(255));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void anIdempotencyKeyIsPrintableAscii(String key) {
        assertThat(PublishEndpoint.idempotencyKey(key)).isEqualTo(key);
    }

    static Stream<String> wrongKeys() {
        return Stream.of("", " ", "a b", "a\tb", "a\u007f", "ñ", "k".repeat(256));
    }

    @ParameterizedTest
    @MethodSource("wrongKeys")
    void anotherIdempotencyKeyIsABadRequest(String key) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> PublishEndpoint.idempotencyKey(key))
                .withMessageStartingWith("Idempotency-Key is empty, longer than 255 characters")
                .satisfies(problem -> assertThat(problem.status()).isEqualTo(400));
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void theAnswerHasTheSubjectAndSaysWhetherTheEventWasPublishedBefore(boolean isRepeated) throws IOException {
        Answer answer = PublishEndpoint.answer(new Publisher.Receipt("events.deploy", isRepeated));

        var out = new ByteArrayOutputStream();
        answer.body().to(out);
        assertThat(out.toString(UTF_8)).isEqualTo("{\"status\":\"published\",\"subject\":\"events.deploy\"}");
        assertThat(answer.status()).isEqualTo(200);
        if (isRepeated) {
            assertThat(answer.headers()).containsEntry("Idempotent-Replayed", "true");
        } else {
            assertThat(answer.headers()).isEmpty();
        }
    }
}
