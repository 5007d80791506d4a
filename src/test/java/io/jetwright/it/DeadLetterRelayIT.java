package io.jetwright.it;

import static io.jetwright.it.harness.DeadLetters.header;
import static io.jetwright.it.harness.Eventually.eventually;
import static io.jetwright.it.harness.Manifests.consumer;
import static io.jetwright.it.harness.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.jetwright.it.harness.DeadLetters;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.JetStreamApi;
import io.jetwright.it.harness.NeedsNats;
import io.jetwright.it.harness.Promtool;
import io.jetwright.it.harness.RelayProcess;
import io.jetwright.it.harness.TestNamespace;
import io.nats.client.Message;
import io.nats.client.api.MessageInfo;
import io.nats.client.impl.Headers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What consumers deliver no more becomes dead letters. */
class DeadLetterRelayIT {
    /** What is promised from the last acknowledgement wait to the letter. */
    private static final Duration PROMISED = Duration.ofSeconds(10);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    static final Installation installation = Installation.withOperator();

    private final TestNamespace namespace = installation.namespace();
    private final JetStreamApi jetStream = new JetStreamApi(installation.nats());
    private final DeadLetters letters = new DeadLetters(installation.nats());
    private final RelayProcess relay = installation.newRelay();

    @BeforeEach
    void startRelay() {
        relay.start();
    }

    private GenericKubernetesResource declare(String retention, String consumerFields) {
        namespace.applyReady(stream("orders", "{subjects: [orders.>], retention: %s}".formatted(retention)));
        namespace.applyReady(stream("orders-dead", "{subjects: [dead-letters.>]}"));
        return declareConsumer("", consumerFields);
    }

    /** Waits until no death of its messages can go unnoticed. */
    private GenericKubernetesResource declareConsumer(String rules, String consumerFields) {
        GenericKubernetesResource worker = namespace.applyReady(consumer(
                "worker",
                "{streamRef: {name: orders}, deadLetter: {streamRef: {name: orders-dead}%s}, %s}"
                        .formatted(rules, consumerFields)));
        eventually(() -> assertThat(namespace.read(worker).<String>get("status", "deadLetters", "completeSince"))
                .isNotNull());
        return worker;
    }

    private void publish(String subject, Headers headers, byte[] payload) throws Exception {
        installation.nats().connection().jetStream().publish(subject, headers, payload);
    }

    @ParameterizedTest
    @ValueSource(strings = {"workqueue", "interest", "limits"})
    void whatIsExhaustedIsStoredAsItWas(String retention) throws Exception {
        GenericKubernetesResource worker = declare(retention, "maxDeliver: 2, ackWait: 30s");
        byte[] payload = new byte[5000];
        new Random(7).nextBytes(payload);
        var headers =
                new Headers().add("Trace", "a", "b").add("Nats-Msg-Id", "first").add("Nats-Expected-Stream", "orders");
        publish("orders.eu.new", headers, payload);
        publish("orders.eu.empty", new Headers(), new byte[0]);

        letters.exhaust("orders", "worker", 2, 2);

        List<MessageInfo> stored = letters.await(PATIENCE, "orders-dead", 2);
        MessageInfo letter = stored.stream()
                .filter(each -> DeadLetters.hasSubject(each, "dead-letters.orders.worker.orders.eu.new"))
                .findFirst()
                .orElseThrow();
        assertThat(letter.getData()).isEqualTo(payload);
        assertThat(DeadLetters.headers(letter, "Trace")).containsExactly("a", "b");
        assertThat(header(letter, "Dead-Letter-Original-Nats-Msg-Id")).isEqualTo("first");
        assertThat(header(letter, "Dead-Letter-Original-Nats-Expected-Stream")).isEqualTo("orders");
        assertThat(header(letter, "Dead-Letter-Reason")).isEqualTo("MaxDeliveries");
        assertThat(header(letter, "Dead-Letter-Stream")).isEqualTo("orders");
        assertThat(header(letter, "Dead-Letter-Subject")).isEqualTo("orders.eu.new");
        assertThat(header(letter, "Dead-Letter-Sequence")).isEqualTo("1");
        assertThat(header(letter, "Dead-Letter-Consumer")).isEqualTo("worker");
        assertThat(header(letter, "Dead-Letter-Deliveries")).isEqualTo("2");
        assertThat(header(letter, "Dead-Letter-Redrives")).isEqualTo("0");
        assertThat(header(letter, "Dead-Letter-Published")).startsWith("20").endsWith("Z");
        assertThat(header(letter, "Dead-Letter-Time")).startsWith("20").endsWith("Z");
        assertThat(stored)
                .filteredOn(each -> DeadLetters.hasSubject(each, "empty"))
                .singleElement()
                .satisfies(each -> assertThat(each.getData()).isNullOrEmpty());
        eventually(() -> {
            assertThat(jetStream
                            .consumer("orders", "worker")
                            .get("num_ack_pending")
                            .asLong())
                    .isZero();
            assertThat(jetStream.stream("orders").at("/state/messages").asLong())
                    .isEqualTo(retention.equals("limits") ? 2 : 0);
        });
        eventually(() -> {
            GenericKubernetesResource seen = namespace.read(worker);
            assertThat(seen.<Integer>get("status", "deadLetters", "stored")).isEqualTo(2);
            assertThat(seen.<Integer>get("status", "deadLetters", "waiting")).isZero();
            assertThat(seen.<String>get("status", "deadLetters", "lastReason")).isEqualTo("MaxDeliveries");
            assertThat(seen.<String>get("status", "deadLetters", "stream")).isEqualTo("orders-dead");
            assertThat(seen.<String>get("status", "deadLetters", "oldest")).startsWith("20");
            assertThat(seen.<String>get("status", "deadLetters", "completeSince"))
                    .startsWith("20");
        });
        assertThat(namespace.events(worker))
                .extracting(Event::getReason)
                .filteredOn("DeadLetter"::equals)
                .hasSize(1);
        namespace.awaitReady(worker);
    }

    @Test
    void whatIsTerminatedOnAWorkqueueIsToldOfWithoutPayload() throws Exception {
        declare("workqueue", "maxDeliver: 2, ackWait: 30s, filterSubjects: [orders.eu.*]");
        publish("orders.eu.new", new Headers(), "poison".getBytes(StandardCharsets.UTF_8));
        Message taken = letters.take("orders", "worker", 1).get(0);
        installation
                .nats()
                .connection()
                .publish(taken.getReplyTo(), "+TERM no such customer".getBytes(StandardCharsets.UTF_8));

        MessageInfo letter = letters.await(PATIENCE, "orders-dead", 1).get(0);

        assertThat(letter.getSubject()).isEqualTo("dead-letters.orders.worker.orders.eu._");
        assertThat(letter.getData()).isNullOrEmpty();
        assertThat(header(letter, "Dead-Letter-Reason")).isEqualTo("Terminated");
        assertThat(header(letter, "Dead-Letter-Description")).isEqualTo("no such customer");
        assertThat(header(letter, "Dead-Letter-Payload")).isEqualTo("gone");
        assertThat(header(letter, "Dead-Letter-Payload-Reason")).contains("let go of the message");
        assertThat(header(letter, "Dead-Letter-Subject")).isNull();
    }

    @Test
    void whatIsTerminatedOnALimitsStreamIsStoredWithItsPayload() throws Exception {
        declare("limits", "maxDeliver: 2, ackWait: 30s");
        publish("orders.eu.new", new Headers(), "poison".getBytes(StandardCharsets.UTF_8));
        letters.take("orders", "worker", 1).get(0).term();

        MessageInfo letter = letters.await(PATIENCE, "orders-dead", 1).get(0);

        assertThat(letter.getData()).asString(StandardCharsets.UTF_8).isEqualTo("poison");
        assertThat(header(letter, "Dead-Letter-Reason")).isEqualTo("Terminated");
    }

    @Test
    void withoutWorkersItIsDeclaredInTimeAndWhatIsLiveIsLeftAsItIs() throws Exception {
        declare("workqueue", "maxDeliver: 1, ackWait: 1s");
        publish("orders.dead", new Headers(), "dead".getBytes(StandardCharsets.UTF_8));
        letters.take("orders", "worker", 1);
        jetStream.publish("orders.live", 3);

        letters.await(PROMISED.plusSeconds(1), "orders-dead", 1);

        JsonNode info = jetStream.consumer("orders", "worker");
        assertThat(info.get("num_pending").asLong()).isEqualTo(3);
        assertThat(info.at("/delivered/stream_seq").asLong()).isEqualTo(1);
        assertThat(info.get("num_ack_pending").asLong()).isZero();
        assertThat(letters.take("orders", "worker", 3))
                .allSatisfy(each -> assertThat(each.metaData().deliveredCount()).isEqualTo(1));
    }

    @Test
    void workersGetEachMessageOnceWhileItIsAskedWhatIsExhausted() throws Exception {
        declare("workqueue", "maxDeliver: 2, ackWait: 30s");
        double before = probes();
        while (probes() < before + 2) {
            jetStream.publish("orders.live", 50);
            assertThat(letters.take("orders", "worker", 50)).allSatisfy(each -> {
                assertThat(each.metaData().deliveredCount()).isEqualTo(1);
                each.ackSync(PATIENCE);
            });
        }
        JsonNode info = jetStream.consumer("orders", "worker");
        assertThat(info.at("/delivered/consumer_seq").asLong())
                .isEqualTo(info.at("/delivered/stream_seq").asLong());
        assertThat(letters.all("orders-dead")).isEmpty();
    }

    private double probes() throws Exception {
        return relay.metric(
                "jetwright_dead_letters_requests_seconds_count{object=\"consumer\",outcome=\"ok\",verb=\"probe\"}");
    }

    @Test
    void whatIsKeptStaysAndHasOneLetterAlsoAfterARestartOfTheServer() throws Exception {
        declare("limits", "maxDeliver: 1, ackWait: 30s");
        declareConsumer(", source: Keep", "maxDeliver: 1, ackWait: 30s");
        jetStream.publish("orders.kept", 3);
        letters.exhaust("orders", "worker", 3, 1);
        letters.await(PATIENCE, "orders-dead", 3);

        installation.nats().stop();
        installation.nats().start();
        jetStream.publish("orders.kept", 1);
        letters.exhaust("orders", "worker", 1, 1);

        letters.assertEachOnce(PATIENCE, "orders-dead", 4);
        assertThat(jetStream.stream("orders").at("/state/messages").asLong()).isEqualTo(4);
    }

    @Test
    void aReasonThatIsNotAskedForMakesNoLetter() throws Exception {
        declare("limits", "maxDeliver: 1, ackWait: 30s");
        declareConsumer(", reasons: [Terminated]", "maxDeliver: 1, ackWait: 30s");
        jetStream.publish("orders.exhausted", 1);
        letters.exhaust("orders", "worker", 1, 1);
        eventually(() -> assertThat(relay.metric("jetwright_dead_letters_relayed_total{outcome=\"ignored\"}"))
                .isEqualTo(1));
        jetStream.publish("orders.terminated", 1);
        letters.take("orders", "worker", 1).get(0).term();

        assertThat(letters.await(PATIENCE, "orders-dead", 1)).singleElement().satisfies(letter -> assertThat(
                        header(letter, "Dead-Letter-Reason"))
                .isEqualTo("Terminated"));
    }

    @Test
    void whatIsTooLargeIsPointedToAndStays() throws Exception {
        namespace.applyReady(stream("orders", "{subjects: [orders.>], retention: workqueue}"));
        namespace.applyReady(stream("orders-dead", "{subjects: [dead-letters.>], maxMsgSize: 2Ki}"));
        declareConsumer("", "maxDeliver: 1, ackWait: 30s");
        publish("orders.large", new Headers(), new byte[3000]);
        publish("orders.small", new Headers(), new byte[100]);

        letters.exhaust("orders", "worker", 2, 1);

        MessageInfo pointer = letters.await(PATIENCE, "orders-dead", 2).stream()
                .filter(each -> DeadLetters.hasSubject(each, "large"))
                .findFirst()
                .orElseThrow();
        assertThat(pointer.getData()).isNullOrEmpty();
        assertThat(header(pointer, "Dead-Letter-Payload")).isEqualTo("too-large");
        assertThat(header(pointer, "Dead-Letter-Payload-Reason"))
                .contains("at most 2048 can be stored; the message stays in stream orders as 1");
        eventually(() -> assertThat(
                        jetStream.stream("orders").at("/state/messages").asLong())
                .isEqualTo(1));
    }

    @Test
    void theLargestMessageThatThereCanBeIsPointedTo() throws Exception {
        declare("workqueue", "maxDeliver: 1, ackWait: 30s");
        publish("orders.large", new Headers(), new byte[1024 * 1024]);

        letters.exhaust("orders", "worker", 1, 1);

        assertThat(letters.await(PATIENCE, "orders-dead", 1)).singleElement().satisfies(letter -> assertThat(
                        header(letter, "Dead-Letter-Payload"))
                .isEqualTo("too-large"));
    }

    @Test
    void whatNoAdvisoryToldIsFoundOnAWorkqueue() throws Exception {
        relay.terminate();
        namespace.applyReady(stream("orders", "{subjects: [orders.>], retention: workqueue}"));
        namespace.applyReady(stream("orders-dead", "{subjects: [dead-letters.>]}"));
        namespace.applyReady(consumer("worker", """
                streamRef: {name: orders}
                maxDeliver: 1
                ackWait: 30s
                deadLetter: {streamRef: {name: orders-dead}}
                """));
        jetStream.publish("orders.lost", 3);
        letters.exhaust("orders", "worker", 3, 1);
        jetStream.pull("orders", "worker", "{\"batch\":1,\"max_bytes\":1,\"no_wait\":true}");
        jetStream.publish("orders.live", 2);

        relay.start();

        assertThat(letters.await(PATIENCE, "orders-dead", 3)).allSatisfy(letter -> {
            assertThat(header(letter, "Dead-Letter-Id")).startsWith("sweep/orders/worker/");
            assertThat(header(letter, "Dead-Letter-Advisory")).isNull();
        });
        eventually(() -> assertThat(
                        jetStream.stream("orders").at("/state/messages").asLong())
                .isEqualTo(2));
    }

    @Test
    @NeedsNats("2.12")
    void aPriorityGroupIsAskedForByItsName() throws Exception {
        declare(
                "workqueue",
                "maxDeliver: 1, ackWait: 1s, priorityPolicy: pinned_client, priorityGroups: [jobs], pinnedTtl: 2s");
        publish("orders.dead", new Headers(), "dead".getBytes(StandardCharsets.UTF_8));
        jetStream.pull("orders", "worker", "{\"batch\":1,\"group\":\"jobs\",\"expires\":1000000000}");

        letters.await(PROMISED.plusSeconds(3), "orders-dead", 1);
    }

    @Test
    void theOperatorCanKnowThatItRuns() {
        eventually(() -> assertThat(namespace
                        .client()
                        .leases()
                        .inNamespace(namespace.name())
                        .withName("jetwright-dead-letters")
                        .get()
                        .getSpec()
                        .getRenewTime()
                        .toInstant())
                .isAfter(Instant.now().minusSeconds(30)));
    }

    @Test
    void itsMetricsAreThoseThatAreDocumentedAndEachSaysWhatItIs() throws Exception {
        declare("limits", "maxDeliver: 1, ackWait: 30s");
        jetStream.publish("orders.new", 1);
        letters.exhaust("orders", "worker", 1, 1);
        letters.await(PATIENCE, "orders-dead", 1);

        String metrics = relay.get("/metrics").body();

        assertThat(Promtool.faults(metrics)).isEmpty();
        List<String> documented = Pattern.compile("`(jetwright_dead_letters_[a-z_]+)`")
                .matcher(Files.readString(Path.of("docs/reference/dead-letters.md")))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(documented).hasSizeGreaterThan(5);
        assertThat(metrics.lines())
                .extracting(line -> line.replaceFirst("[{ ].*", ""))
                .containsAll(documented);
    }
}
