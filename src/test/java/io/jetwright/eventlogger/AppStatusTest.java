package io.jetwright.eventlogger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class AppStatusTest {
    private static final String AWAY = "NATS is away: nats://localhost:4222 has not been reached yet";

    private final OfflineEventLogger offline = new OfflineEventLogger(StreamFixtures.SETTINGS);
    private final AppStatus appStatus = offline.appStatus();

    private static JsonNode json(byte[] json) throws IOException {
        return new ObjectMapper().readTree(json);
    }

    @Test
    void isNotReadyWhileNatsIsAway() {
        assertThat(appStatus.faults()).containsExactly(AWAY);
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(appStatus::ready)
                .withMessage(AWAY)
                .satisfies(problem -> assertThat(problem.status()).isEqualTo(503));
    }

    @Test
    void isNotReadyWhileItShutsDown() {
        appStatus.markShuttingDown();

        assertThat(appStatus.faults()).containsExactly("this replica is ending");
    }

    @Test
    void isHealthyEvenWhileNatsIsAway() throws IOException {
        assertThat(json(appStatus.health())).isEqualTo(json("""
                {"nats_connected": false, "status": "ok"}
                """.getBytes(UTF_8)));
    }

    @Test
    void theStatusSaysWhatIsKnownBeforeTheFirstPoll() throws IOException {
        offline.feed().enter();

        assertThat(json(appStatus.status())).isEqualTo(json("""
                {"instance": "pod-1", "ready": false, "reasons": ["%s"], "historySize": 3, "listeners": 1,
                 "nats": {"connected": false, "servers": "nats://localhost:4222"},
                 "stream": {"name": "EVENTS"},
                 "consumer": {"name": "event-logger"}}
                """.formatted(AWAY).getBytes(UTF_8)));
    }

    @Test
    void theStatusHasTheNumbersOfStreamAndConsumer() throws IOException {
        var consumer = new StreamView.ConsumerView(4, 2, 1);
        offline.poller().update(StreamFixtures.view(List.of("events.>"), -1, consumer), "", null);

        JsonNode status = json(appStatus.status());

        assertThat(status.get("stream")).isEqualTo(json("""
                {"name": "EVENTS", "prefix": "events", "subjects": ["events.>"], "messages": 5, "bytes": 500, "firstSequence": 3,
                 "lastSequence": 7}
                """.getBytes(UTF_8)));
        assertThat(status.get("consumer")).isEqualTo(json("""
                {"name": "event-logger", "pending": 4, "unacknowledged": 2, "redelivered": 1}
                """.getBytes(UTF_8)));
    }
}
