package io.jetwright.operator.asset.kind;

import static io.jetwright.operator.asset.Resources.consumer;
import static io.jetwright.operator.asset.Resources.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.jetwright.SettableClock;
import io.jetwright.api.Consumer;
import io.jetwright.api.ConsumerStatus;
import io.jetwright.api.Stream;
import io.jetwright.api.StreamStatus;
import io.jetwright.operator.asset.FakeCache;
import io.jetwright.operator.asset.FakeRelay;
import io.jetwright.operator.asset.FakeRoutes;
import io.jetwright.operator.report.Assessment;
import io.jetwright.status.Reason;
import io.jetwright.status.SideCondition;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeadLettersTest {
    private static final String WORKER =
            "streamRef: {name: orders}, maxDeliver: 2, deadLetter: {streamRef: {name: dead}}";

    private final FakeRoutes routes = new FakeRoutes();
    private final FakeCache<Consumer> cache = new FakeCache<>();
    private final FakeCache<Stream> streams = new FakeCache<>();
    private final FakeRelay relay = new FakeRelay();
    private final DeadLetters deadLetters =
            new DeadLetters(routes, cache, streams, relay::problem, new SettableClock("2026-06-01T12:00:00Z"));

    @BeforeEach
    void streams() {
        put("orders", "{name: ORDERS, subjects: [orders.>]}");
        put("dead", "{name: DEAD, subjects: [dead-letters.>]}");
    }

    private void put(String name, String spec) {
        Stream stream = stream(name, spec);
        stream.setStatus(Serialization.unmarshal("{\"created\": \"2026-06-01T11:00:00Z\"}", StreamStatus.class));
        streams.put(stream);
    }

    private Consumer worker(String spec, String deadLetters) {
        Consumer worker = consumer("worker", "{" + spec + "}");
        worker.setStatus(Serialization.unmarshal("{\"deadLetters\": %s}".formatted(deadLetters), ConsumerStatus.class));
        return cache.put(worker);
    }

    private String told(Consumer consumer) {
        return deadLetters
                .condition(consumer)
                .map(side -> side.status().word() + " " + side.reason().word() + ": " + side.message())
                .orElse("nothing");
    }

    @Test
    void aConsumerWithoutDeadLettersSaysNothing() {
        assertThat(told(worker("streamRef: {name: orders}", "null"))).isEqualTo("nothing");
    }

    @Test
    void lettersAreRelayedWhenTheRelayHasSaidSoAndHasNoProblem() {
        assertThat(told(worker(WORKER, "null"))).startsWith("Unknown RelayUnknown: ");
        assertThat(told(worker(WORKER, "{\"stored\": 3}"))).startsWith("True Relayed: ");
        assertThat(told(worker(WORKER, "{\"problem\": \"denied\"}"))).isEqualTo("False NotRelayed: denied");
    }

    @Test
    void aRelayThatDoesNotRunHasSaidWhatItSaysBefore() {
        relay.put(Optional.of(new Assessment(Reason.RELAY_NOT_RUNNING, "gone")));
        assertThat(told(worker(WORKER, "{\"stored\": 3}"))).isEqualTo("False RelayNotRunning: gone");
    }

    @Test
    void whatTheSpecCannotHaveComesFirst() {
        relay.put(Optional.of(new Assessment(Reason.RELAY_NOT_RUNNING, "gone")));
        put("dead", "{name: DEAD, subjects: [other.>]}");
        assertThat(told(worker(WORKER, "null"))).startsWith("False LetterSubjectInvalid: ");
        put("dead", "{name: DEAD, subjects: [dead-letters.>], retention: interest}");
        assertThat(told(worker(WORKER, "null"))).startsWith("False LetterStreamInvalid: ");
        put("dead", "{name: ORDERS}");
        assertThat(told(worker(WORKER, "null"))).startsWith("False LetterLoop: ");
    }

    @Test
    void aStreamThatLosesLettersIsAWarningAndRelayed() {
        put("dead", "{name: DEAD, subjects: [dead-letters.>], maxAge: 1h}");
        SideCondition told =
                deadLetters.condition(worker(WORKER, "{\"stored\": 3}")).orElseThrow();
        assertThat(told.reason()).isEqualTo(Reason.LETTERS_MAY_BE_LOST);
        assertThat(told.isWarning()).isTrue();
    }

    @Test
    void whatTheRelayWarnsOfIsToldWhereTheResourcesSayNothing() {
        String said = "{\"stored\": 3, \"warning\": \"kept for 1h\"}";
        assertThat(told(worker(WORKER, said))).isEqualTo("True LettersMayBeLost: kept for 1h");
        put("dead", "{name: DEAD, subjects: [dead-letters.>], maxAge: 1h}");
        assertThat(told(worker(WORKER, said))).startsWith("True LettersMayBeLost: the Stream resource ");
    }

    @Test
    void aSuspendedConsumerSaysThatOnly() {
        assertThat(told(worker("suspend: true, " + WORKER, "{\"stored\": 3}"))).startsWith("Unknown Suspended: ");
    }

    @Test
    void aStreamThatIsNotKnownIsNotJudged() {
        assertThat(told(worker(WORKER.replace("name: orders", "name: other"), "null")))
                .startsWith("Unknown RelayUnknown: the stream that is consumed is not known yet");
    }
}
