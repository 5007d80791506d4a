package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static io.jetwright.it.harness.Manifests.consumer;
import static io.jetwright.it.harness.Manifests.redrive;
import static io.jetwright.it.harness.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.jetwright.it.harness.DeadLetters;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.JetStreamApi;
import io.jetwright.it.harness.NatsServer;
import io.jetwright.it.harness.RelayProcess;
import io.jetwright.it.harness.TestNamespace;
import io.nats.client.PublishOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Dead letters in a cluster of three, whose leaders change. */
@Order(1) // takes long
class DeadLettersClusterIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int MESSAGES = 60;

    @RegisterExtension
    static final Installation installation = Installation.withOperator().natsCluster(3);

    private final TestNamespace namespace = installation.namespace();
    private final List<NatsServer> servers = installation.natsServers();
    private final JetStreamApi jetStream = new JetStreamApi(installation.nats());
    private final DeadLetters letters = new DeadLetters(installation.nats());

    private int published;

    private GenericKubernetesResource declare() {
        namespace.awaitReady(
                PATIENCE,
                namespace.apply(stream("orders", "{subjects: [orders.>], retention: workqueue, replicas: 3}")));
        namespace.awaitReady(
                PATIENCE, namespace.apply(stream("orders-dead", "{subjects: [dead-letters.>], replicas: 3}")));
        return namespace.awaitReady(PATIENCE, namespace.apply(consumer("worker", """
                        streamRef: {name: orders}
                        maxDeliver: 1
                        ackWait: 30s
                        deadLetter: {streamRef: {name: orders-dead}, subject: 'dead-letters.{token(2)}'}
                        """)));
    }

    private @Nullable String completeSince(GenericKubernetesResource worker) {
        return namespace.read(worker).get("status", "deadLetters", "completeSince");
    }

    private RelayProcess startRelay() {
        RelayProcess relay = installation
                .newRelay()
                .set("NATS_URL", servers.stream().map(NatsServer::url).collect(Collectors.joining(",")));
        relay.start();
        return relay;
    }

    private void kill(int messages) throws Exception {
        for (int i = 0; i < messages; i++) {
            String subject = "orders." + i % 5;
            // one whose confirmation was lost with a leader is not to be there twice
            var once = PublishOptions.builder().messageId("m" + published++).build();
            eventually(
                    PATIENCE, () -> installation.nats().connection().jetStream().publish(subject, new byte[10], once));
        }
        eventually(PATIENCE, () -> {
            letters.refuse("orders", "worker");
            JsonNode info = jetStream.consumer("orders", "worker");
            assertThat(info.get("num_pending").asLong()
                            + info.get("num_ack_pending").asLong())
                    .isZero();
        });
    }

    private void changeLeaders() {
        for (String each : List.of("orders", "orders-dead", "JETWRIGHT_DEAD_LETTER_ADVISORIES")) {
            eventually(PATIENCE, () -> jetStream.ask("STREAM.LEADER.STEPDOWN." + each, ""));
        }
        eventually(PATIENCE, () -> jetStream.ask("CONSUMER.LEADER.STEPDOWN.orders.worker", ""));
    }

    @Test
    void leadersMayChangeAndServersMayEnd() throws Exception {
        startRelay();
        GenericKubernetesResource worker = declare();
        eventually(PATIENCE, () -> assertThat(completeSince(worker)).isNotNull());
        assertThat(jetStream.stream("JETWRIGHT_DEAD_LETTER_ADVISORIES")
                        .at("/config/num_replicas")
                        .asInt())
                .isEqualTo(3);
        kill(MESSAGES);
        changeLeaders();
        for (NatsServer other : servers.subList(1, 3)) {
            kill(MESSAGES);
            other.kill();
            changeLeaders();
            kill(MESSAGES);
            other.start();
            eventually(PATIENCE, () -> assertThat(
                            jetStream.stream("orders").at("/cluster/replicas").findValues("current"))
                    .allMatch(each -> each.asBoolean())
                    .hasSize(2));
        }

        letters.assertEachOnce(PATIENCE, "orders-dead", 5 * MESSAGES);
        eventually(PATIENCE, () -> assertThat(
                        jetStream.stream("orders").at("/state/messages").asLong())
                .isZero());
    }

    @Test
    void whatNoAdvisoryTellsIsFoundOnceAnotherServerLeads() throws Exception {
        GenericKubernetesResource worker = declare();
        Instant created = Instant.parse(
                        jetStream.consumer("orders", "worker").get("created").asText())
                .truncatedTo(ChronoUnit.SECONDS);
        // the stream of advisories is of another second
        eventually(() -> assertThat(Instant.now()).isAfter(created.plusSeconds(2)));
        RelayProcess relay = startRelay();
        // the search at the start is over
        eventually(PATIENCE, () -> assertThat(completeSince(worker)).isEqualTo(created.toString()));
        relay.freeze();
        kill(MESSAGES);
        jetStream.ask("STREAM.PURGE.JETWRIGHT_DEAD_LETTER_ADVISORIES", "");
        relay.thaw();

        jetStream.ask("CONSUMER.LEADER.STEPDOWN.orders.worker", "");
        letters.assertEachOnce(PATIENCE, "orders-dead", MESSAGES);
    }

    @Test
    void aRedriveGoesOnWhileLeadersStepDown() throws Exception {
        jetStream.createStream("{name: EVENTS, subjects: [\"events.>\"], num_replicas: 3}");
        jetStream.createStream("{name: DEAD, subjects: [\"dead.>\"], num_replicas: 3}");
        jetStream.createConsumer("EVENTS", "{durable_name: worker, ack_policy: explicit}");
        letters.store(3000, "EVENTS", "events.a");
        startRelay();
        var redrive = namespace.apply(redrive("mended", "{streamName: DEAD, ratePerSecond: 300}"));
        for (int part = 1; part <= 2; part++) {
            long enough = 400L * part;
            eventually(PATIENCE, () -> assertThat(
                            jetStream.stream("EVENTS").at("/state/messages").asLong())
                    .isGreaterThan(enough));
            // the lock is a consumer, which is made anew when its session was lost
            eventually(PATIENCE, () -> jetStream.ask("CONSUMER.LEADER.STEPDOWN.DEAD.jetwright-redrive", ""));
            for (String each : List.of(
                    "STREAM.LEADER.STEPDOWN.EVENTS",
                    "STREAM.LEADER.STEPDOWN.DEAD",
                    "STREAM.LEADER.STEPDOWN.JETWRIGHT_REDRIVES")) {
                jetStream.ask(each, "");
            }
        }

        namespace.awaitReady(PATIENCE, redrive);
        assertThat(letters.all("EVENTS"))
                .extracting(message -> new String(message.getData(), StandardCharsets.UTF_8))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 3000).mapToObj(String::valueOf).toList());
        assertThat(letters.all("DEAD")).isEmpty();
    }
}
