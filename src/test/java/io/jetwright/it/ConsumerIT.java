package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static io.jetwright.it.harness.Manifests.consumer;
import static io.jetwright.it.harness.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.jetwright.it.harness.ApiTraffic;
import io.jetwright.it.harness.Eventually;
import io.jetwright.it.harness.ExpectedConfiguration;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.JetStreamApi;
import io.jetwright.it.harness.NeedsNats;
import io.jetwright.it.harness.TestNamespace;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a Consumer resource makes of JetStream, and what it does while its stream is away. */
class ConsumerIT {
    @RegisterExtension
    static final Installation installation = Installation.withOperator().environment("RESYNC_INTERVAL", "1h");

    private static final String NAME = "{name: it, durable_name: it}";

    private final TestNamespace namespace = installation.namespace();
    private final JetStreamApi jetStream = new JetStreamApi(installation.nats());

    private void createStream() {
        jetStream.createStream("name: ORDERS\nsubjects: [orders.>]");
    }

    private static String it(String fields) {
        return consumer("it", "{streamName: ORDERS, %s}".formatted(fields));
    }

    private void assertPull(String config) {
        assertThat(jetStream.consumerConfig("ORDERS", "it"))
                .isEqualTo(ExpectedConfiguration.pullConsumer(NAME, config));
    }

    private void assertPush(String config) {
        assertThat(jetStream.consumerConfig("ORDERS", "it"))
                .isEqualTo(ExpectedConfiguration.pushConsumer(NAME, config));
    }

    @Test
    void aConsumerThatSaysNothingPullsAndAcknowledgesExplicitly() {
        createStream();

        namespace.applyReady(it(""));

        assertPull("{}");
    }

    @Test
    @NeedsNats("2.14.4")
    void everyFieldOfAPullConsumerArrivesThenChangesThenGoesBackToTheServersDefault() {
        createStream();

        namespace.applyReady(consumer("billing", """
                streamName: ORDERS
                durableName: it
                description: Writes the invoices
                deliverPolicy: byStartSequence
                optStartSeq: 7
                ackPolicy: explicit
                ackWait: 45s
                maxDeliver: 5
                filterSubject: orders.new
                replayPolicy: original
                sampleFreq: 30%
                maxWaiting: 128
                maxAckPending: 200
                headersOnly: true
                maxRequestBatch: 100
                maxRequestExpires: 1m
                maxRequestMaxBytes: 1Mi
                inactiveThreshold: 1d
                replicas: 1
                memStorage: true
                metadata: {team: billing}
                priorityPolicy: pinned_client
                pinnedTtl: 3m
                priorityGroups: [workers]
                """));
        assertPull("""
                description: Writes the invoices
                deliver_policy: by_start_sequence
                opt_start_seq: 7
                ack_wait: 45000000000
                max_deliver: 5
                filter_subject: orders.new
                replay_policy: original
                sample_freq: 30%
                max_waiting: 128
                max_ack_pending: 200
                headers_only: true
                max_batch: 100
                max_expires: 60000000000
                max_bytes: 1048576
                inactive_threshold: 86400000000000
                num_replicas: 1
                mem_storage: true
                metadata: {team: billing}
                priority_policy: pinned_client
                priority_timeout: 180000000000
                priority_groups: [workers]
                """);

        namespace.applyReady(consumer("billing", """
                streamName: ORDERS
                durableName: it
                description: Writes the bills
                deliverPolicy: byStartSequence
                optStartSeq: 7
                maxDeliver: 6
                backoff: [1s, 1m, 1h30m]
                filterSubjects: [orders.old, orders.older.*]
                replayPolicy: original
                sampleFreq: "70"
                maxWaiting: 128
                maxAckPending: 300
                headersOnly: false
                maxRequestBatch: 200
                maxRequestExpires: 2m
                maxRequestMaxBytes: 2Mi
                inactiveThreshold: 2d
                replicas: 0
                memStorage: true
                metadata: {team: finance}
                priorityPolicy: overflow
                priorityGroups: [machines]
                """));
        assertPull("""
                description: Writes the bills
                deliver_policy: by_start_sequence
                opt_start_seq: 7
                ack_wait: 1000000000
                backoff: [1000000000, 60000000000, 5400000000000]
                max_deliver: 6
                filter_subjects: [orders.old, orders.older.*]
                replay_policy: original
                sample_freq: "70"
                max_waiting: 128
                max_ack_pending: 300
                max_batch: 200
                max_expires: 120000000000
                max_bytes: 2097152
                inactive_threshold: 172800000000000
                mem_storage: true
                metadata: {team: finance}
                priority_policy: overflow
                priority_groups: [machines]
                """);

        namespace.applyReady(consumer("billing", """
                streamName: ORDERS
                durableName: it
                deliverPolicy: byStartSequence
                optStartSeq: 7
                replayPolicy: original
                maxWaiting: 128
                memStorage: true
                """));
        assertPull("""
                deliver_policy: by_start_sequence
                opt_start_seq: 7
                replay_policy: original
                max_waiting: 128
                mem_storage: true
                """);
    }

    @Test
    void everyFieldOfAPushConsumerArrivesThenChangesThenGoesBackToTheServersDefault() {
        createStream();

        namespace.applyReady(consumer("it", """
                streamName: ORDERS
                deliverPolicy: byStartTime
                optStartTime: "2026-01-31T13:00:00+01:00"
                ackPolicy: all
                rateLimitBps: 1000000
                maxAckPending: -1
                flowControl: true
                heartbeatInterval: 5s
                deliverSubject: deliver.orders
                deliverGroup: workers
                """));
        assertPush("""
                deliver_policy: by_start_time
                opt_start_time: "2026-01-31T12:00:00Z"
                ack_policy: all
                rate_limit_bps: 1000000
                max_ack_pending: -1
                flow_control: true
                idle_heartbeat: 5000000000
                deliver_subject: deliver.orders
                deliver_group: workers
                """);

        namespace.applyReady(consumer("it", """
                streamName: ORDERS
                deliverPolicy: byStartTime
                optStartTime: "2026-01-31T12:00:00Z"
                ackPolicy: all
                rateLimitBps: 2000000
                flowControl: true
                heartbeatInterval: 5s
                deliverSubject: deliver.more.orders
                deliverGroup: machines
                """));
        assertPush("""
                deliver_policy: by_start_time
                opt_start_time: "2026-01-31T12:00:00Z"
                ack_policy: all
                rate_limit_bps: 2000000
                flow_control: true
                idle_heartbeat: 5000000000
                deliver_subject: deliver.more.orders
                deliver_group: machines
                """);

        namespace.applyReady(consumer("it", """
                streamName: ORDERS
                deliverPolicy: byStartTime
                optStartTime: "2026-01-31T12:00:00Z"
                ackPolicy: all
                flowControl: true
                heartbeatInterval: 5s
                deliverSubject: deliver.more.orders
                """));
        assertPush("""
                deliver_policy: by_start_time
                opt_start_time: "2026-01-31T12:00:00Z"
                ack_policy: all
                flow_control: true
                idle_heartbeat: 5000000000
                deliver_subject: deliver.more.orders
                """);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            deliverPolicy: last                                          | deliver_policy: last
            deliverPolicy: new                                           | deliver_policy: new
            deliverPolicy: lastPerSubject, filterSubject: ">"            | {deliver_policy: last_per_subject, filter_subject: ">"}
            ackPolicy: all                                               | ack_policy: all
            ackPolicy: none                                              | {ack_policy: none, ack_wait: null, max_ack_pending: null}
            priorityPolicy: none                                         | {}
            priorityPolicy: overflow, priorityGroups: [a]                | {priority_policy: overflow, priority_groups: [a]}
            priorityPolicy: pinned_client, priorityGroups: [a]           | {priority_policy: pinned_client, priority_groups: [a], priority_timeout: 120000000000}
            priorityPolicy: prioritized, priorityGroups: [a]             | {priority_policy: prioritized, priority_groups: [a]}
            """)
    @NeedsNats("2.12")
    void whatOtherFieldsExcludeArrivesByItself(String spec, String expected) {
        createStream();

        namespace.applyReady(it(spec));

        assertPull(expected);
    }

    @Test
    @NeedsNats("2.14")
    void acknowledgementByFlowControlNeedsNoMoreThanADeliverSubject() {
        createStream();

        namespace.applyReady(it("ackPolicy: flow_control, deliverSubject: deliver.orders"));
        String expected = """
                ack_policy: flow_control
                flow_control: true
                idle_heartbeat: 1000000000
                deliver_subject: deliver.orders
                ack_wait: null
                """;
        assertPush(expected);

        namespace.applyReady(consumer("it", """
                streamName: ORDERS
                ackPolicy: flow_control
                deliverSubject: deliver.orders
                flowControl: true
                heartbeatInterval: 1s
                maxAckPending: 50
                description: changed
                """));
        assertPush(expected + """
                max_ack_pending: 50
                description: changed
                """);
    }

    @Test
    void ackWaitGivesWayToBackoff() throws Exception {
        createStream();

        try (var traffic = new ApiTraffic(installation.nats())) {
            namespace.applyReady(it("maxDeliver: 5, ackWait: 30s, backoff: [1s, 5s, 30s]"));
            assertPull("""
                    max_deliver: 5
                    ack_wait: 1000000000
                    backoff: [1000000000, 5000000000, 30000000000]
                    """);

            namespace.applyReady(it("maxDeliver: 5, ackWait: 30s, backoff: [1s, 5s, 30s], description: changed"));
            assertThat(traffic.writes()).containsExactly("CONSUMER.CREATE.ORDERS.it", "CONSUMER.CREATE.ORDERS.it");
        }

        namespace.applyReady(it("maxDeliver: 5, ackWait: 20s"));
        assertPull("{max_deliver: 5, ack_wait: 20000000000}");
    }

    @Test
    void aConsumerWaitsForItsStreamResource() {
        GenericKubernetesResource early = namespace.apply(consumer("early", "streamRef: {name: orders}"));
        assertThat(namespace.awaitNotReady(early, "StreamNotReady"))
                .isEqualTo("there is no Stream resource orders in namespace %s: create it, or correct spec.streamRef"
                        .formatted(namespace.name()));
        assertThat(namespace.condition(early, "ResolvedRefs").getStatus()).isEqualTo("False");
        assertThat(namespace.condition(early, "Reconciling").getStatus()).isEqualTo("True");

        namespace.awaitNotReady(namespace.apply(stream("orders", "{name: ORDERS, replicas: 3}")), "Rejected");
        eventually(Eventually.SOON, () -> assertThat(
                        namespace.condition(early, "Ready").getMessage())
                .isEqualTo("the Stream resource orders has no stream in JetStream: kubectl describe stream orders -n %s"
                        .formatted(namespace.name())));

        namespace.apply(stream("orders", "name: ORDERS"));
        namespace.awaitReadySoon(early);
        assertThat(jetStream.hasConsumer("ORDERS", "early")).isTrue();
        assertThat(namespace.condition(early, "ResolvedRefs").getStatus()).isEqualTo("True");
    }

    @Test
    void aConsumerGoesAndComesWithItsStreamResource() {
        GenericKubernetesResource orders = namespace.applyReady(stream("orders", "name: ORDERS"));
        GenericKubernetesResource billing = namespace.applyReady(consumer("billing", "streamRef: {name: orders}"));

        namespace.delete(orders);
        namespace.awaitGone(orders);
        namespace.awaitNotReady(billing, "StreamNotReady");

        namespace.apply(stream("orders", "name: ORDERS"));
        namespace.awaitReadySoon(billing);
        assertThat(jetStream.hasConsumer("ORDERS", "billing")).isTrue();
    }

    @Test
    void aConsumerGoesAndComesWithAStreamThatNobodyDeclared() {
        GenericKubernetesResource resource = namespace.apply(it("maxDeliver: 5"));
        assertThat(namespace.awaitNotReady(resource, "StreamNotReady"))
                .isEqualTo("stream ORDERS does not exist in JetStream: create it, or correct the name");

        createStream();
        namespace.awaitReadySoon(resource);

        jetStream.deleteStream("ORDERS");
        namespace.awaitNotReady(resource, "StreamNotReady");

        createStream();
        namespace.awaitReadySoon(resource);
        assertPull("max_deliver: 5");
    }

    @Test
    void aPauseIsBegunMovedKeptUpAndEnded() {
        createStream();
        GenericKubernetesResource resource = namespace.applyReady(it("pauseUntil: \"2098-12-31T23:59:59Z\""));
        assertPausedUntil("2098-12-31T23:59:59Z");
        assertThat(resource.<Map<String, Object>>get("status"))
                .containsEntry("paused", true)
                .containsEntry("pausedUntil", "2098-12-31T23:59:59Z");

        namespace.applyReady(it("pauseUntil: \"2099-01-01T01:00:00.5+01:00\", description: moved"));
        assertPausedUntil("2099-01-01T00:00:00.5Z");

        jetStream.ask("CONSUMER.PAUSE.ORDERS.it", "{}");
        eventually(Eventually.SOON, () -> assertPausedUntil("2099-01-01T00:00:00.5Z"));

        namespace.applyReady(it("description: ended"));
        assertThat(jetStream.consumer("ORDERS", "it").path("paused").asBoolean())
                .isFalse();
        assertThat(namespace.read(resource).<Map<String, Object>>get("status"))
                .containsEntry("paused", false)
                .doesNotContainKey("pausedUntil");

        namespace.applyReady(it("pauseUntil: \"2026-01-01T00:00:00Z\""));
        assertThat(jetStream.consumer("ORDERS", "it").path("paused").asBoolean())
                .as("paused until a time that is over")
                .isFalse();
    }

    private void assertPausedUntil(String time) {
        JsonNode info = jetStream.consumer("ORDERS", "it");
        assertThat(info.path("paused").asBoolean()).isTrue();
        assertThat(info.at("/config/pause_until").asText()).isEqualTo(time);
    }

    @Test
    void aPauseByHandIsLeftAlone() {
        createStream();
        GenericKubernetesResource resource = namespace.applyReady(it("maxDeliver: 5"));

        jetStream.ask("CONSUMER.PAUSE.ORDERS.it", "{\"pause_until\": \"2098-12-31T23:59:59Z\"}");
        eventually(Eventually.SOON, () -> assertThat(namespace.read(resource).<Map<String, Object>>get("status"))
                .containsEntry("paused", true));
        assertThat(namespace.condition(resource, "Ready").getStatus()).isEqualTo("True");

        namespace.applyReady(it("maxDeliver: 6"));
        assertPausedUntil("2098-12-31T23:59:59Z");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            deliverPolicy: new             | deliverPolicy: all -> new
            ackPolicy: all                 | ackPolicy: explicit -> all
            """)
    void whatTheServerCannotUpdateIsRefusedUntilItIsPutBackOrTheConsumerMayBeRecreated(
            String fields, String difference) {
        createStream();
        namespace.applyReady(it("ackPolicy: explicit"));
        jetStream.publish("orders.new", 2);
        String created = jetStream.consumer("ORDERS", "it").get("created").asText();

        GenericKubernetesResource resource = namespace.apply(it(fields));
        assertThat(namespace.awaitNotReady(resource, "Immutable"))
                .contains("the server cannot change this on consumer it of stream ORDERS")
                .contains(difference)
                .contains("set recreatePolicy: IfEmpty (it has 2 messages pending or unacknowledged now) or Always")
                .contains("it begins again where deliverPolicy says");
        assertThat(namespace.read(resource).<List<?>>get("status", "drift")).hasSize(1);

        namespace.awaitNotReady(namespace.apply(it(fields + ", recreatePolicy: IfEmpty")), "Immutable");

        namespace.applyReady(it("ackPolicy: explicit"));
        assertThat(namespace.read(resource).<Object>get("status", "drift")).isNull();
        assertThat(jetStream.consumer("ORDERS", "it").get("created").asText())
                .as("creation of the consumer, which was never touched")
                .isEqualTo(created);

        namespace.applyReady(it(fields + ", recreatePolicy: Always"));
        assertThat(jetStream.consumer("ORDERS", "it").get("created").asText()).isNotEqualTo(created);
    }

    @Test
    void aPullConsumerBecomesAPushConsumerByRecreationOnceItIsEmpty() {
        createStream();
        namespace.applyReady(it(""));
        namespace.awaitNotReady(namespace.apply(it("deliverSubject: deliver.orders")), "Immutable");

        namespace.applyReady(it("deliverSubject: deliver.orders, recreatePolicy: IfEmpty"));

        assertPush("deliver_subject: deliver.orders");
    }

    @Test
    void aConsumerIsDeletedWithItsResourceAndItsStreamStays() {
        createStream();
        GenericKubernetesResource resource = namespace.applyReady(it(""));

        namespace.delete(resource);

        namespace.awaitGone(resource);
        assertThat(jetStream.hasConsumer("ORDERS", "it")).isFalse();
        assertThat(jetStream.hasStream("ORDERS")).isTrue();
    }

    @Test
    void aStreamAndItsConsumerAreDeletedTogetherInAnyOrder() {
        GenericKubernetesResource orders = namespace.applyReady(stream("orders", "{}"));
        GenericKubernetesResource billing = namespace.applyReady(consumer("billing", "streamRef: {name: orders}"));
        namespace.delete(orders);
        namespace.delete(billing);
        namespace.awaitGone(orders);
        namespace.awaitGone(billing);
        assertThat(jetStream.hasStream("orders")).isFalse();
    }

    @Test
    void whatWasAppliedReadsBackAsItWas() {
        createStream();
        GenericKubernetesResource applied = TestNamespace.parse("""
                apiVersion: jetwright.io/v1beta1
                kind: Consumer
                metadata:
                  name: verbatim
                  annotations:
                    example.com/reason: a note of the user's
                spec:
                  streamName: ORDERS
                  ackWait: 1m30s
                  backoff: []
                  maxDeliver: -1
                  maxRequestMaxBytes: 1Mi
                  headersOnly: false
                  metadata: {}
                """).get(0);

        GenericKubernetesResource read = namespace.awaitReady(namespace.apply(applied));

        assertThat(read.<Object>get("spec")).isEqualTo(applied.get("spec"));
        assertThat(read.getMetadata().getAnnotations())
                .isEqualTo(applied.getMetadata().getAnnotations());
        assertThat(read.getMetadata().getGeneration()).isEqualTo(1);
    }
}
