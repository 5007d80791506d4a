package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static io.jetwright.it.harness.Manifests.consumer;
import static io.jetwright.it.harness.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.jetwright.it.harness.DeadLetters;
import io.jetwright.it.harness.Helm;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.JetStreamApi;
import io.jetwright.it.harness.NatsServer;
import io.jetwright.it.harness.Prometheus;
import io.jetwright.it.harness.TestNamespace;
import io.nats.client.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The chart's alerts as they happen: a real Prometheus evaluates them over what the operator says of streams and consumers that go wrong
 * and recover. Only their thresholds and times are smaller.
 */
@Order(1) // takes long
class AlertsIT {
    /** Of five servers two may end, and three of them still let a stream be asked for that has lost its majority. */
    private static final int SERVERS = 5;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** As the chart calls the operator's Service. */
    private static final String JOB = "jetwright-metrics";

    private static final String HOME = "jetwright";

    @RegisterExtension
    static final Installation installation =
            Installation.withOperator().natsCluster(SERVERS).environment("RESYNC_INTERVAL", "1s");

    @RegisterExtension
    final Prometheus prometheus = new Prometheus();

    private final TestNamespace namespace = installation.namespace();
    private final JetStreamApi jetStream = new JetStreamApi(installation.nats());
    private final DeadLetters letters = new DeadLetters(installation.nats());

    /** Has the rules evaluated, of which the one with this key in the chart's values has these values. */
    private void watch(String alert, String... values) {
        List<String> arguments = new ArrayList<>(
                List.of("--set=prometheusRule.enabled=true", "--show-only", "templates/prometheusrule.yaml"));
        for (String each : values) {
            arguments.add("--set=prometheusRule.alerts.%s.%s".formatted(alert, each));
        }
        prometheus
                .scrape(JOB, HOME, installation.operator().address())
                .rules(Helm.alone().template("jetwright", HOME, arguments.toArray(String[]::new)))
                .start()
                .awaitTargets();
    }

    private void declare(String streamFields, String consumerFields) {
        ready(stream("events", "{name: EVENTS, subjects: [events.>]%s}".formatted(streamFields)));
        ready(consumer("worker", "{streamRef: {name: events}, ackWait: 5m%s}".formatted(consumerFields)));
    }

    private GenericKubernetesResource ready(String manifest) {
        return namespace.awaitReady(PATIENCE, namespace.apply(manifest));
    }

    private void awaitFiring(String alert, String resource) {
        eventually(
                PATIENCE,
                () -> assertThat(prometheus.firing(alert)).singleElement().satisfies(labels -> assertThat(labels)
                        .containsEntry("namespace", namespace.name())
                        .containsEntry("name", resource)));
    }

    private void awaitSilence(String alert) {
        eventually(PATIENCE, () -> assertThat(prometheus.firing(alert)).isEmpty());
    }

    private void awaitValue(String series, double value) {
        eventually(PATIENCE, () -> assertThat(prometheus.value(series)).isEqualTo(value));
    }

    private void handle(int messages) throws Exception {
        for (Message each : letters.take("EVENTS", "worker", messages)) {
            each.ackSync(Duration.ofSeconds(5));
        }
    }

    @Test
    void lagGrowsUntilTheWorkerKeepsUp() throws Exception {
        declare("", "");
        watch("consumerLagGrows", "pending=20", "window=5s", "for=1s");
        jetStream.publish("events.a", 19);
        awaitValue("jetwright_consumer_num_pending{name=\"worker\"}", 19);
        assertThat(prometheus.firing("JetwrightConsumerLagGrows")).isEmpty();

        jetStream.publish("events.a", 31);
        awaitFiring("JetwrightConsumerLagGrows", "worker");

        handle(50);
        awaitSilence("JetwrightConsumerLagGrows");
    }

    @Test
    void nobodyPullsUntilSomebodyDoes() throws Exception {
        declare("", "");
        watch("nobodyPulls", "window=5s", "for=1s");
        jetStream.publish("events.a", 2);
        awaitFiring("JetwrightNobodyPulls", "worker");

        handle(2);
        awaitSilence("JetwrightNobodyPulls");
    }

    @Test
    void redeliveriesUntilTheyAreAcknowledged() throws Exception {
        declare("", "");
        watch("redeliveries", "redelivered=3", "for=1s");
        jetStream.publish("events.a", 3);
        letters.exhaust("EVENTS", "worker", 2, 1);
        List<Message> taken = new ArrayList<>(letters.take("EVENTS", "worker", 3));
        awaitValue("jetwright_consumer_num_redelivered{name=\"worker\"}", 2);
        assertThat(prometheus.firing("JetwrightRedeliveries")).isEmpty();

        taken.forEach(Message::nak);
        taken = letters.take("EVENTS", "worker", 3);
        awaitFiring("JetwrightRedeliveries", "worker");

        for (Message each : taken) {
            each.ackSync(Duration.ofSeconds(5));
        }
        awaitSilence("JetwrightRedeliveries");
    }

    @Test
    void aStreamIsNearItsLimitUntilItIsPurged() throws Exception {
        declare(", maxMsgs: 10, discard: new", "");
        watch("streamNearLimit", "percent=90", "for=1s");
        jetStream.publish("events.a", 8);
        awaitValue("jetwright_stream_total_messages{name=\"events\"}", 8);
        assertThat(prometheus.firing("JetwrightStreamNearLimit")).isEmpty();

        jetStream.publish("events.a", 1);
        awaitFiring("JetwrightStreamNearLimit", "events");

        jetStream.ask("STREAM.PURGE.EVENTS", "");
        awaitSilence("JetwrightStreamNearLimit");
    }

    @Test
    void withoutQuorumUntilTheServersAreBack() {
        ready(stream("events", "{name: EVENTS, subjects: [events.>], replicas: 3}"));
        watch("noQuorum", "for=1s");
        JsonNode cluster = jetStream.stream("EVENTS").get("cluster");
        Set<String> peers = new HashSet<>(cluster.findValuesAsText("name"));
        peers.add(cluster.get("leader").asText());
        List<NatsServer> killed = installation.natsServers().stream()
                .skip(1)
                .filter(server -> peers.contains(server.name()))
                .limit(2)
                .toList();
        assertThat(killed).hasSize(2);

        killed.forEach(NatsServer::kill);
        eventually(PATIENCE, () -> assertThat(prometheus.firing("JetwrightNoQuorum"))
                .singleElement()
                .satisfies(labels -> assertThat(labels)
                        .containsEntry("namespace", namespace.name())
                        .containsEntry("kind", "Stream")));

        killed.forEach(NatsServer::start);
        awaitSilence("JetwrightNoQuorum");
    }

    @Test
    void deadLettersArrive() throws Exception {
        installation.newRelay().start();
        ready(stream("dead", "{subjects: [dead-letters.>]}"));
        declare("", ", maxDeliver: 1, deadLetter: {streamRef: {name: dead}}");
        watch("deadLettersArrive", "window=20s");
        awaitValue("jetwright_consumer_dead_letters_stored{name=\"worker\"}", 0);
        assertThat(prometheus.firing("JetwrightDeadLettersArrive")).isEmpty();

        jetStream.publish("events.a", 2);
        letters.exhaust("EVENTS", "worker", 2, 1);
        awaitFiring("JetwrightDeadLettersArrive", "worker");
        awaitSilence("JetwrightDeadLettersArrive");
    }

    /** One that is suspended is not read, and so told to nobody. */
    @Test
    void numbersAreOldWhileNatsIsAway() throws Exception {
        ready(stream("events", "{name: EVENTS, subjects: [events.>]}"));
        GenericKubernetesResource suspended = ready(stream("suspended", "{subjects: [suspended.>]}"));
        namespace.apply(stream("suspended", "{subjects: [suspended.>], suspend: true}"));
        eventually(() ->
                assertThat(namespace.condition(suspended, "Ready").getReason()).isEqualTo("Suspended"));
        watch("numbersAreOld", "seconds=8", "for=1s");
        assertThat(prometheus.firing("JetwrightNumbersAreOld")).isEmpty();

        installation.natsServers().forEach(NatsServer::freeze);
        awaitFiring("JetwrightNumbersAreOld", "events");

        installation.natsServers().forEach(NatsServer::thaw);
        awaitSilence("JetwrightNumbersAreOld");
    }
}
