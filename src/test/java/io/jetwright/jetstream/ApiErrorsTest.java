package io.jetwright.jetstream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jetwright.nats.FakeNatsServer;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiErrorsTest {
    @ParameterizedTest
    @CsvSource({
        "10039, Disabled",
        "10076, Disabled",
        "10008, Unavailable",
        "10226, Unavailable",
        "10194, Offline",
        "10058, Rejected",
        "10065, Rejected",
        "0, Rejected"
    })
    void aCodeIsAKindOfFailureThatQuotesTheServer(int code, String kind) {
        JetStreamException failure = ApiErrors.of(error(code, "the server's words"), FakeNatsServer.settings(4222));

        assertThat(failure.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(failure).hasMessageContaining("the server's words (%d)".formatted(code));
    }

    @Test
    void aRefusalHasItsCodeAndTheCure() {
        JetStreamException failure = ApiErrors.of(error(10065, "subjects overlap"), FakeNatsServer.settings(4222));

        assertThat(failure)
                .isInstanceOfSatisfying(JetStreamException.Rejected.class, refusal -> assertThat(refusal.code())
                        .isEqualTo(10065))
                .hasMessage("JetStream refused: subjects overlap (10065)");
        assertThat(failure.withCure(field -> Optional.of(field.toUpperCase(Locale.ROOT))))
                .isEqualTo(
                        "JetStream refused: subjects overlap (10065). Another stream captures some of these subjects:"
                                + " change spec.SUBJECTS, or change the subjects of the other stream");
    }

    @Test
    void aRefusalThatHasNoCureEndsWithItsCode() {
        assertThat(withCure(error(10058, "name in use"))).isEqualTo("JetStream refused: name in use (10058)");
    }

    @Test
    void aFailureOfTheServerNamesTheServer() {
        assertThat(ApiErrors.of(error(10008, "unavailable"), FakeNatsServer.settings(4222)))
                .hasMessage("nats://127.0.0.1:4222: unavailable (10008)");
    }

    @Test
    void whatPassesByItselfHasTheCureToo() {
        assertThat(withCure(error(10118, "stream is offline")))
                .isEqualTo(
                        "nats://127.0.0.1:4222: stream is offline (10118). See whether the servers that keep it run");
    }

    @Test
    void anErrorThatTheTableDoesNotHaveIsJudgedByItsStatus() {
        var error = JsonNodeFactory.instance.objectNode().put("err_code", 19999).put("code", 503);

        assertThat(ApiErrors.of(error, FakeNatsServer.settings(4222)))
                .isInstanceOf(JetStreamException.Unavailable.class);
    }

    /** The server has no code for it. */
    @Test
    void aCycleOfSourcesIsBlockedByTheOtherStreamAndAnyOtherInvalidConfigurationIsFinal() {
        assertThat(meaning(error(10052, "detected cycle"))).isEqualTo(ErrorMeaning.BLOCKED_BY_OBJECT);
        assertThat(meaning(error(10052, "max age needs to be >= 100ms"))).isEqualTo(ErrorMeaning.FINAL);
    }

    private static ErrorMeaning meaning(JsonNode error) {
        return ((JetStreamException.Rejected) ApiErrors.of(error, FakeNatsServer.settings(4222))).meaning();
    }

    private static String withCure(JsonNode error) {
        return ApiErrors.of(error, FakeNatsServer.settings(4222)).withCure(Optional::of);
    }

    private static JsonNode error(int code, String description) {
        return JsonNodeFactory.instance.objectNode().put("err_code", code).put("description", description);
    }
}
