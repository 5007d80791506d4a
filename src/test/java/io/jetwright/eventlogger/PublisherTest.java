package io.jetwright.eventlogger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.api.StreamInfo;
import io.nats.client.support.JsonParser;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublisherTest {
    private final OfflineEventLogger offline = new OfflineEventLogger(StreamFixtures.SETTINGS);
    private final Publisher publisher = offline.publisher();

    private static JetStreamApiException refused(int code, String description) {
        var answer = new StreamInfo(
                JsonParser.parseUnchecked("{\"error\": {\"code\": 400, \"err_code\": %d, \"description\": \"%s\"}}"
                        .formatted(code, description)));
        return new JetStreamApiException(Objects.requireNonNull(answer.getErrorObject()));
    }

    @ParameterizedTest
    @CsvSource({"-1, 1048576", "1000, 1000", "2000000, 1048576"})
    void theMaximumSizeIsTheSmallerOneOfServerAndStream(int stream, long size) {
        offline.poller().update(StreamFixtures.view(List.of("events.>"), stream, null), "", null);

        assertThat(publisher.maxMessageSize()).isEqualTo(size);
    }

    @Test
    void withoutAStreamTheMaximumSizeIsTheServersDefault() {
        assertThat(publisher.maxMessageSize()).isEqualTo(1 << 20);
    }

    @Test
    void whileNatsIsAwayNothingIsPublished() {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> publisher.publish(new Publication("deploy", null, "1", Map.of()), Optional.empty()))
                .withMessage("NATS is away: it has not been reached yet")
                .satisfies(problem -> assertThat(problem.status()).isEqualTo(503));
        assertThat(publisher.underWay()).isZero();
    }

    @Test
    void theMessageHasItsHeadersTheStreamAndTheKey() {
        Message message = publisher.message(
                "events.deploy", "{}".getBytes(UTF_8), Map.of("trace-id", List.of("a", "b")), Optional.of("key-1"));

        assertThat(message.getSubject()).isEqualTo("events.deploy");
        assertThat(message.getData()).isEqualTo("{}".getBytes(UTF_8));
        assertThat(message.getHeaders().get("Nats-Expected-Stream")).containsExactly("EVENTS");
        assertThat(message.getHeaders().get("Nats-Msg-Id")).containsExactly("key-1");
        assertThat(message.getHeaders().get("trace-id")).containsExactly("a", "b");
    }

    @Test
    void withoutAKeyTheMessageHasNoId() {
        Message message = publisher.message("events.deploy", new byte[0], Map.of(), Optional.empty());

        assertThat(message.getHeaders().containsKey("Nats-Msg-Id")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "10054, 413, the event is larger than the 1048576 bytes that the stream takes",
        "10060, 503, 'the subject events.deploy belongs to another stream than EVENTS: correct SUBJECT_PREFIX or"
                + " STREAM_NAME'",
        "10077, 503, the stream EVENTS has refused the event: maximum messages exceeded"
    })
    void aRefusalOfJetStreamIsToldWithItsCure(int code, int status, String detail) {
        Problem problem = publisher.refusal(refused(code, "maximum messages exceeded"), "events.deploy");

        assertThat(problem.status()).isEqualTo(status);
        assertThat(problem.getMessage()).startsWith(detail);
    }
}
