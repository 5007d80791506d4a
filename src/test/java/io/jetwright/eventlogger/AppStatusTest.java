package io.jetwright.eventlogger;

import static io.jetwright.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jetwright.eventlogger.AppStatus.Audience;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppStatusTest {
    private static final String AWAY = "NATS is away: nats://localhost:4222 has not been reached yet";
    private static final String AWAY_FOR_STRANGERS =
            "NATS is away: it has not been reached yet; the log and the management port's /status say more";

    private final OfflineEventLogger offline = new OfflineEventLogger(StreamFixtures.SETTINGS);
    private final AppStatus appStatus = offline.appStatus();

    private static JsonNode json(byte[] json) throws IOException {
        return new ObjectMapper().readTree(json);
    }

    @Test
    void isNotReadyWhileNatsIsAway() {
        assertThat(appStatus.faults()).containsExactly(AWAY);
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> appStatus.ready(Audience.OPERATORS))
                .withMessage(AWAY)
                .satisfies(problem -> assertThat(problem.status()).isEqualTo(503));
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> appStatus.ready(Audience.PUBLIC))
                .withMessage(AWAY_FOR_STRANGERS);
    }

    @Test
    void whatDoesNotWorkThoughItIsReadyIsToldOnlyThen() {
        offline.poller().update(StreamFixtures.view(List.of("events.>"), -1, null), "", "the consumer is missing");

        assertThat(appStatus.defect()).isNull();
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

    @ParameterizedTest
    @ValueSource(strings = {"poller", "reader", "acknowledger"})
    void withoutOneOfItsThreadsItIsNotHealthy(String dead) throws Exception {
        offline.poller().start();
        offline.reader().start();
        offline.acknowledger().start();
        Map<String, AutoCloseable> threads =
                Map.of("poller", offline.poller(), "reader", offline.reader(), "acknowledger", offline.acknowledger());
        try {
            assertThat(appStatus.health()).isNotEmpty();

            Objects.requireNonNull(threads.get(dead)).close();

            await().untilAsserted(() -> assertThatExceptionOfType(Problem.class)
                    .isThrownBy(appStatus::health)
                    .withMessage("a thread that reads the stream has ended")
                    .satisfies(problem -> assertThat(problem.status()).isEqualTo(503)));
        } finally {
            for (AutoCloseable thread : threads.values()) {
                thread.close();
            }
        }
    }

    @Test
    void theStatusSaysWhatIsKnownBeforeTheFirstPoll() throws IOException {
        offline.feed().enter();

        assertThat(json(appStatus.status(Audience.OPERATORS)))
                .isEqualTo(json("""
                {"instance": "pod-1", "ready": false, "reasons": ["%s"], "publish": {"allowed": true, "token": false},
                 "historySize": 3, "listeners": 1,
                 "nats": {"connected": false, "servers": "nats://localhost:4222"},
                 "stream": {"name": "EVENTS"},
                 "consumer": {"name": "event-logger"}}
                """.formatted(AWAY).getBytes(UTF_8)));
    }

    @Test
    void strangersAreToldNoAddresses() throws IOException {
        assertThat(json(appStatus.status(Audience.PUBLIC)))
                .isEqualTo(json("""
                {"instance": "pod-1", "ready": false, "reasons": ["%s"], "publish": {"allowed": true, "token": false},
                 "historySize": 3, "nats": {"connected": false}, "stream": {"name": "EVENTS"},
                 "consumer": {"name": "event-logger"}}
                """.formatted(AWAY_FOR_STRANGERS).getBytes(UTF_8)));
    }

    @Test
    void theStatusSaysWhyNobodyMayPublish() throws IOException {
        var readOnly = new OfflineEventLogger(EventLoggerSettings.of(Map.of("PUBLISH", "false")));

        assertThat(json(readOnly.appStatus().status(Audience.PUBLIC)).get("publish"))
                .isEqualTo(json("""
                {"allowed": false, "token": false,
                 "reason": "this event logger is read-only: it shows events, and publishes none"}
                """.getBytes(UTF_8)));
    }

    @Test
    void theStatusHasTheNumbersOfStreamAndConsumer() throws IOException {
        var consumer = new StreamView.ConsumerView(4, 2, 1);
        offline.poller().update(StreamFixtures.view(List.of("events.>"), -1, consumer), "", null);

        JsonNode status = json(appStatus.status(Audience.PUBLIC));

        assertThat(status.get("stream")).isEqualTo(json("""
                {"name": "EVENTS", "prefix": "events", "subjects": ["events.>"], "messages": 5, "bytes": 500, "firstSequence": 3,
                 "lastSequence": 7}
                """.getBytes(UTF_8)));
        assertThat(status.get("consumer")).isEqualTo(json("""
                {"name": "event-logger", "pending": 4, "unacknowledged": 2, "redelivered": 1}
                """.getBytes(UTF_8)));
    }
}
