package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static io.jetwright.it.harness.Manifests.consumer;
import static io.jetwright.it.harness.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.JetStreamApi;
import io.jetwright.it.harness.NatsCommand;
import io.jetwright.it.harness.NatsServer;
import io.jetwright.it.harness.Scratch;
import io.jetwright.it.harness.TestNamespace;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** NATS' own commands read the thresholds of {@code spec.alerts}. */
class NatsChecksIT {
    private static final String KEYS = "io.nats.monitor.";

    @RegisterExtension
    static final Installation installation = Installation.withOperator()
            .environment("RESYNC_INTERVAL", "1s")
            .natsCluster(3)
            .natsConfiguration("""
                    accounts {
                      APP { jetstream: enabled, users: [{user: app, password: app}] }
                      SYS { users: [{user: sys, password: sys}] }
                    }
                    system_account: SYS
                    no_auth_user: app
                    """);

    private final TestNamespace namespace = installation.namespace();
    private final JetStreamApi jetStream = new JetStreamApi(installation.nats());
    private final NatsCommand nats = new NatsCommand(installation.nats().url("app", "app"));
    private final NatsCommand system = new NatsCommand(installation.nats().url("sys", "sys"));

    private String checkStream(String name) {
        return nats.run("server", "check", "stream", "--stream", name).said();
    }

    /** With the consumer's keys as flags, which have the same names: up to 0.5.0 the command reads none of them itself. */
    private String checkConsumer(String stream, String name) {
        List<String> arguments =
                new ArrayList<>(List.of("server", "check", "consumer", "--stream", stream, "--consumer", name));
        jetStream.consumer(stream, name).path("config").path("metadata").properties().stream()
                .filter(key -> key.getKey().startsWith(KEYS) && !key.getKey().equals(KEYS + "enabled"))
                .forEach(key -> arguments.add("--%s=%s"
                        .formatted(
                                key.getKey().substring(KEYS.length()),
                                key.getValue().asText())));
        return nats.run(arguments.toArray(String[]::new)).said();
    }

    /** What {@code nats audit} says of one of its checks. */
    private String audit(String code) {
        String archive = Scratch.directory("audit").resolve("archive.zip").toString();
        NatsCommand.Answer gathered =
                system.run("audit", "gather", "--no-progress", "--no-server-profiles", "--output", archive);
        assertThat(gathered.exitCode()).as(gathered.said()).isZero();
        String said = nats.run("audit", "analyze", "--json", archive).said();
        JsonNode report = Serialization.unmarshal(said.substring(said.indexOf('{')), JsonNode.class);
        return report.path("checks")
                .valueStream()
                .filter(each -> each.path("check").path("code").asText().equals(code))
                .map(JsonNode::toString)
                .findFirst()
                .orElseThrow();
    }

    /** A mirror that is full, and refuses more, stays behind. */
    @Test
    void theCheckOfAMirrorGoesByItsLag() {
        namespace.applyReady(stream("origin", "{name: ORIGIN, subjects: [origin.*]}"));
        jetStream.publish("origin.a", 12);
        String copy = "{name: COPY, mirror: {name: ORIGIN}, maxMsgs: 2, discard: new, alerts: {lag: %d}}";
        namespace.applyReady(stream("copy", copy.formatted(1000)));
        eventually(() -> assertThat(
                        jetStream.stream("COPY").path("mirror").path("lag").asLong())
                .isGreaterThan(5));
        assertThat(checkStream("COPY")).startsWith("OK COPY").contains("OK:Mirror ORIGIN");

        namespace.applyReady(stream("copy", copy.formatted(5)));
        eventually(() -> assertThat(checkStream("COPY")).startsWith("CRITICAL COPY Crit:Mirror Lag "));

        namespace.applyReady(stream("copy", "{name: COPY, mirror: {name: ORIGIN}, maxMsgs: 2, discard: new}"));
        eventually(() -> assertThat(
                        jetStream.stream("COPY").path("config").path("metadata").toString())
                .doesNotContain(KEYS));
        assertThat(checkStream("COPY")).startsWith("OK COPY");
    }

    @Test
    void theCheckOfAStreamGoesByItsReplicas() {
        namespace.applyReady(stream("orders", "{name: ORDERS, subjects: [orders.*], replicas: 3}"));
        assertThat(checkStream("ORDERS")).startsWith("CRITICAL ORDERS Crit:Expected 0 replicas got 3");

        namespace.applyReady(
                stream("orders", "{name: ORDERS, subjects: [orders.*], replicas: 3, alerts: {replicas: 3}}"));
        eventually(
                () -> assertThat(checkStream("ORDERS")).startsWith("OK ORDERS").contains("OK:3 peers"));

        follower("ORDERS").stop();
        eventually(() -> assertThat(checkStream("ORDERS")).startsWith("CRITICAL ORDERS Crit:1 replicas offline"));
    }

    /** A server that keeps the stream and does not lead it; not the one that the test is connected to. */
    private NatsServer follower(String stream) {
        String leader = jetStream.stream(stream).path("cluster").path("leader").asText();
        return installation.natsServers().stream()
                .skip(1)
                .filter(server -> !server.name().equals(leader))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theCheckOfAConsumerTakesItsKeysAsFlags() throws Exception {
        namespace.applyReady(stream("orders", "{name: ORDERS, subjects: [orders.*]}"));
        namespace.applyReady(consumer(
                "worker",
                "{streamRef: {name: orders}, ackWait: 1h,"
                        + " alerts: {pending: 5, ackPending: 2, redelivered: 1, lastDelivery: 1d}}"));
        jetStream.publish("orders.a", 5);
        pullOne();
        assertThat(checkConsumer("ORDERS", "worker"))
                .startsWith("OK ORDERS_worker")
                .contains("OK:Ack Pending: 1", "OK:Unprocessed Messages: 4", "OK:Redelivered: 0", "OK:Last delivery");

        jetStream.publish("orders.a", 2);
        pullOne();
        assertThat(checkConsumer("ORDERS", "worker"))
                .startsWith("CRITICAL ORDERS_worker")
                .contains("Crit:Ack Pending: 2", "Crit:Unprocessed Messages: 5");
        assertThat(nats.run("server", "check", "consumer", "--stream", "ORDERS", "--consumer", "worker")
                        .said())
                .as("without flags")
                .startsWith("OK ORDERS_worker");
    }

    private void pullOne() throws InterruptedException {
        jetStream.pull("ORDERS", "worker", "{\"batch\": 1, \"no_wait\": true}");
    }

    @Test
    void theCheckOfAConsumerThatRedeliversIsCritical() {
        namespace.applyReady(stream("orders", "{name: ORDERS, subjects: [orders.*]}"));
        namespace.applyReady(
                consumer("worker", "{streamRef: {name: orders}, ackWait: 100ms, alerts: {redelivered: 1}}"));
        jetStream.publish("orders.a", 1);

        eventually(() -> {
            pullOne();
            assertThat(checkConsumer("ORDERS", "worker")).startsWith("CRITICAL ORDERS_worker Crit:Redelivered: 1");
        });
    }

    @Test
    void theCheckOfAConsumerThatNobodyHasAcknowledgedToIsCritical() {
        namespace.applyReady(stream("orders", "{name: ORDERS, subjects: [orders.*]}"));
        namespace.applyReady(consumer("worker", "{streamRef: {name: orders}, alerts: {lastAck: 90m}}"));

        assertThat(checkConsumer("ORDERS", "worker")).startsWith("CRITICAL ORDERS_worker Crit:No acks");
    }

    @Test
    void theAuditGoesByThem() {
        namespace.applyReady(stream("orders", "{name: ORDERS, subjects: [orders.*]}"));
        namespace.applyReady(consumer("worker", "{streamRef: {name: orders}, alerts: {pending: 5}}"));
        jetStream.publish("orders.a", 4);
        assertThat(audit("JETSTREAM_005")).contains("\"PASS\"");

        jetStream.publish("orders.a", 1);

        eventually(() -> assertThat(audit("JETSTREAM_005"))
                .contains("CRITICAL: consumer worker in stream ORDERS in APP: Unprocessed Messages: 5"));
    }
}
