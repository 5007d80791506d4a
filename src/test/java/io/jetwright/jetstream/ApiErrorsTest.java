package io.jetwright.jetstream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jetwright.nats.FakeNatsServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiErrorsTest {
    @ParameterizedTest
    @CsvSource({
        "10039, Disabled",
        "10076, Disabled",
        "10008, Unreachable",
        "10004, Unreachable",
        "10009, Unreachable",
        "10077, Unreachable",
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
                .hasMessage("JetStream refused: subjects overlap (10065). " + Cures.of(10065));
    }

    @Test
    void aRefusalThatHasNoCureEndsWithItsCode() {
        assertThat(ApiErrors.of(error(10058, "name in use"), FakeNatsServer.settings(4222)))
                .hasMessage("JetStream refused: name in use (10058)");
    }

    @Test
    void aFailureOfTheServerNamesTheServer() {
        assertThat(ApiErrors.of(error(10008, "unavailable"), FakeNatsServer.settings(4222)))
                .hasMessage("nats://127.0.0.1:4222: unavailable (10008)");
    }

    private static JsonNode error(int code, String description) {
        return JsonNodeFactory.instance.objectNode().put("err_code", code).put("description", description);
    }
}
