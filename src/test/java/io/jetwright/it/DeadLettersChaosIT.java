package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static io.jetwright.it.harness.Manifests.consumer;
import static io.jetwright.it.harness.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.it.harness.DeadLetters;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.JetStreamApi;
import io.jetwright.it.harness.RelayProcess;
import io.jetwright.it.harness.TestNamespace;
import io.jetwright.relay.StoppingRelay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever happens to the relay and to NATS: each message that died is in the stream of dead letters, and once. */
@Order(1) // takes long
class DeadLettersChaosIT {
    /** An advisory that was under way comes again after half a minute. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final int MESSAGES = 40;

    @RegisterExtension
    static final Installation installation = Installation.withOperator();

    private final TestNamespace namespace = installation.namespace();
    private final JetStreamApi jetStream = new JetStreamApi(installation.nats());
    private final DeadLetters letters = new DeadLetters(installation.nats());

    private void declare(String retention, String subject) {
        namespace.applyReady(stream("orders", "{subjects: [orders.>], retention: %s}".formatted(retention)));
        namespace.applyReady(stream("orders-dead", "{subjects: [dead-letters.>]}"));
        namespace.applyReady(consumer("worker", """
                streamRef: {name: orders}
                maxDeliver: 1
                ackWait: 30s
                deadLetter: {streamRef: {name: orders-dead}, subject: '%s'}
                """.formatted(subject)));
    }

    private void kill(int messages) throws Exception {
        for (int i = 0; i < messages; i++) {
            jetStream.publish("orders." + i % 5, 1);
        }
        letters.exhaust("orders", "worker", messages, 1);
    }

    /** A relay that has made what it needs, and ends. */
    private void prepare() {
        RelayProcess first = installation.newRelay();
        first.start();
        eventually(() -> assertThat(jetStream.hasStream("JETWRIGHT_DEAD_LETTER_ADVISORIES"))
                .isTrue());
        eventually(() -> assertThat(jetStream.stream("JETWRIGHT_DEAD_LETTER_ADVISORIES")
                        .at("/state/consumer_count")
                        .asInt())
                .isEqualTo(1));
        first.kill();
    }

    /**
     * One relay after the other comes to a step as often as it says, and gets a signal there.
     *
     * @param steps such as {@code STORED 20}
     */
    private List<RelayProcess> launch(String signal, String steps) {
        List<RelayProcess> relays = new ArrayList<>();
        for (String step : steps.split(", ", -1)) {
            String[] words = step.split(" ", -1);
            RelayProcess relay = installation.newRelay();
            relay.launch(StoppingRelay.class, signal, words[0], words[1]);
            if (signal.equals("KILL")) {
                assertThat(relay.exitCode()).isEqualTo(128 + 9);
            } else {
                eventually(() -> assertThat(relay.isStopped()).isTrue());
            }
            relays.add(relay);
        }
        return relays;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            workqueue | READ 10, STORED 0, STORED 20, ACKNOWLEDGED 20
            interest  | STORED 5, READ 5
            limits    | ACKNOWLEDGED 5, STORED 5
            """)
    void relaysAreKilledAtAnyStep(String retention, String steps) throws Exception {
        declare(retention, "dead-letters.{stream}.{subject}");
        prepare();
        kill(3 * MESSAGES);

        launch("KILL", steps);
        installation.newRelay().start();

        letters.assertEachOnce(PATIENCE, "orders-dead", 3 * MESSAGES);
        assertThat(jetStream.stream("orders").at("/state/messages").asLong())
                .isEqualTo(retention.equals("limits") ? 3 * MESSAGES : 0);
    }

    @Test
    void relaysAreStoppedForLongAndGoOn() throws Exception {
        declare("workqueue", "dead-letters.{stream}.{subject}");
        prepare();
        kill(2 * MESSAGES);
        List<RelayProcess> stopped = launch("STOP", "READ 3, STORED 3, ACKNOWLEDGED 3");
        installation.newRelay().start();
        eventually(PATIENCE, () -> assertThat(letters.waiting()).isZero());

        stopped.forEach(RelayProcess::thaw);

        letters.assertEachOnce(PATIENCE, "orders-dead", 2 * MESSAGES);
        jetStream.publish("orders.0", 1);
        letters.exhaust("orders", "worker", 1, 1);
        letters.assertEachOnce(PATIENCE, "orders-dead", 2 * MESSAGES + 1);
    }

    @Test
    void severalRelaysShareTheWork() throws Exception {
        declare("workqueue", "dead-letters.all");
        installation.newRelay().start();
        installation.newRelay().start();
        prepare();

        for (int i = 0; i < 5; i++) {
            kill(MESSAGES);
        }

        letters.assertEachOnce(PATIENCE, "orders-dead", 5 * MESSAGES);
    }

    @Test
    void natsIsKilledAndComesBack() throws Exception {
        declare("workqueue", "dead-letters.{stream}.{subject}");
        prepare();
        kill(MESSAGES);
        RelayProcess relay = installation.newRelay();
        relay.start();
        for (int i = 0; i < 3; i++) {
            int stored = i;
            eventually(() -> assertThat(letters.all("orders-dead").size()).isGreaterThanOrEqualTo(stored));
            installation.nats().kill();
            installation.nats().start();
        }
        letters.assertEachOnce(PATIENCE, "orders-dead", MESSAGES);
        assertThat(jetStream.stream("orders").at("/state/messages").asLong()).isZero();
    }
}
