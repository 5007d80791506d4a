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

    @ParameterizedTest
    @CsvSource({
        "READ, 20, workqueue",
        "STORED, 0, workqueue",
        "STORED, 20, workqueue",
        "ACKNOWLEDGED, 20, workqueue",
        "STORED, 5, interest",
        "ACKNOWLEDGED, 5, limits"
    })
    void aRelayIsKilledAtAnyStep(String step, String before, String retention) throws Exception {
        declare(retention, "dead-letters.{stream}.{subject}");
        prepare();
        kill(MESSAGES);
        RelayProcess dying = installation.newRelay();

        dying.launch(StoppingRelay.class, "KILL", step, before);
        assertThat(dying.exitCode()).isEqualTo(128 + 9);
        installation.newRelay().start();

        letters.assertEachOnce(PATIENCE, "orders-dead", MESSAGES);
        assertThat(jetStream.stream("orders").at("/state/messages").asLong())
                .isEqualTo(retention.equals("limits") ? MESSAGES : 0);
    }

    @ParameterizedTest
    @CsvSource({"READ", "STORED", "ACKNOWLEDGED"})
    void aRelayIsStoppedForLongAndGoesOn(String step) throws Exception {
        declare("workqueue", "dead-letters.{stream}.{subject}");
        prepare();
        kill(MESSAGES);
        RelayProcess stopped = installation.newRelay();
        stopped.launch(StoppingRelay.class, "STOP", step, "3");
        eventually(() -> assertThat(stopped.isStopped()).isTrue());
        installation.newRelay().start();
        eventually(PATIENCE, () -> assertThat(letters.waiting()).isZero());

        stopped.thaw();

        letters.assertEachOnce(PATIENCE, "orders-dead", MESSAGES);
        jetStream.publish("orders.0", 1);
        letters.exhaust("orders", "worker", 1, 1);
        letters.assertEachOnce(PATIENCE, "orders-dead", MESSAGES + 1);
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
