package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static io.jetwright.it.harness.Manifests.consumer;
import static io.jetwright.it.harness.Manifests.keyValue;
import static io.jetwright.it.harness.Manifests.objectStore;
import static io.jetwright.it.harness.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.jetwright.it.harness.ApiTraffic;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.JetStreamApi;
import io.jetwright.it.harness.TestNamespace;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that is too old for some of the fields, and has all that it knows. */
class OldServerIT {
    @RegisterExtension
    static final Installation installation =
            Installation.withOperator().natsRelease("nats-server-2.10").environment("RESYNC_INTERVAL", "1s");

    private final TestNamespace namespace = installation.namespace();
    private final JetStreamApi jetStream = new JetStreamApi(installation.nats());

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            allowMsgTtl: true                              | spec.allowMsgTtl            | 2.11.0
            subjectDeleteMarkerTtl: 1m                     | spec.subjectDeleteMarkerTtl | 2.11.0
            allowMsgCounter: true                          | spec.allowMsgCounter        | 2.12.0
            allowAtomicPublish: true                       | spec.allowAtomicPublish     | 2.12.0
            allowMsgSchedules: true                        | spec.allowMsgSchedules      | 2.12.0
            persistMode: async                             | spec.persistMode            | 2.12.0
            allowBatchPublish: true                        | spec.allowBatchPublish      | 2.14.0
            mirror: {name: M, consumer: {name: c, deliverSubject: d}}    | spec.mirror   | 2.14.0
            sources: [{name: M, consumer: {name: c, deliverSubject: d}}] | spec.sources  | 2.14.0
            """)
    void aStreamsFieldThatItLacksIsNamedWithTheVersionThatHasIt(String spec, String field, String version) {
        GenericKubernetesResource orders = namespace.apply(stream("orders", spec));

        assertUnsupported(orders, field, version);
        assertThat(jetStream.hasStream("orders")).isFalse();

        namespace.applyReady(stream("orders", "description: plain"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            pauseUntil: "2099-01-01T00:00:00Z"                                 | spec.pauseUntil     | 2.11.0
            priorityPolicy: overflow, priorityGroups: [a]                      | spec.priorityPolicy | 2.11.0
            priorityPolicy: prioritized, priorityGroups: [a]                   | spec.priorityPolicy | 2.11.0
            ackPolicy: flow_control, deliverSubject: d                         | spec.ackPolicy      | 2.14.0
            """)
    void aConsumersFieldThatItLacksIsNamedWithTheVersionThatHasIt(String spec, String field, String version) {
        namespace.applyReady(stream("orders", "{}"));
        GenericKubernetesResource workers = namespace.apply(consumer("workers", "{streamName: orders, " + spec + "}"));

        assertUnsupported(workers, field, version);
        assertThat(jetStream.hasConsumer("orders", "workers")).isFalse();

        namespace.applyReady(consumer("workers", "streamName: orders"));
    }

    private void assertUnsupported(GenericKubernetesResource resource, String field, String version) {
        assertThat(namespace.awaitNotReady(resource, "Unsupported"))
                .startsWith(field + " needs nats-server " + version + " or newer, and this is 2.10.29:")
                .endsWith("upgrade the server, or remove the field");
        assertThat(namespace.condition(resource, "Stalled").getStatus()).isEqualTo("True");
    }

    @Test
    void allThatItKnowsArrivesAndIsLeftAloneAfterwards() throws Exception {
        var orders = namespace.applyReady(stream("orders", """
                description: All that 2.10 knows
                subjects: ["orders.>", "invoices.*"]
                retention: limits
                storage: file
                replicas: 1
                maxConsumers: 10
                maxMsgs: 1000000
                maxMsgsPerSubject: 5
                maxBytes: 1Gi
                maxAge: 7d
                maxMsgSize: 1Mi
                discard: new
                discardPerSubject: true
                duplicateWindow: 2m
                compression: s2
                subjectTransform: {source: invoices.*, dest: "bills.{{wildcard(1)}}"}
                republish: {source: ">", destination: copies.>, headersOnly: true}
                denyDelete: true
                denyPurge: true
                allowDirect: true
                firstSequence: 1000
                metadata: {team: sales}
                consumerLimits: {inactiveThreshold: 1h, maxAckPending: 500}
                allowMsgTtl: false
                allowMsgCounter: false
                """));
        var copy = namespace.applyReady(stream("copy", "mirror: {name: orders, optStartSeq: 1000}"));
        var pull = namespace.applyReady(consumer("pull", """
                streamRef: {name: orders}
                description: All that 2.10 knows
                deliverPolicy: byStartSequence
                optStartSeq: 1000
                ackPolicy: explicit
                maxDeliver: 5
                backoff: [1s, 5s, 30s]
                filterSubjects: [orders.new, "orders.changed.>"]
                sampleFreq: 30%
                maxWaiting: 128
                maxAckPending: 200
                maxRequestBatch: 100
                maxRequestExpires: 1m
                maxRequestMaxBytes: 1Mi
                inactiveThreshold: 30m
                metadata: {team: billing}
                """));
        var push = namespace.applyReady(consumer("push", """
                streamName: orders
                ackPolicy: all
                deliverSubject: deliver.orders
                heartbeatInterval: 5s
                flowControl: true
                """));

        try (var traffic = new ApiTraffic(installation.nats())) {
            for (String info : List.of("STREAM.INFO.orders", "STREAM.INFO.copy", "CONSUMER.INFO.orders.pull")) {
                traffic.await(2, info);
            }
            assertThat(traffic.writes()).isEmpty();
        }
        List.of(orders, copy, pull, push).forEach(namespace::awaitReady);
    }

    @Test
    void bucketsWorkAndAMarkerThatItLacksIsNamed() throws Exception {
        GenericKubernetesResource sessions = namespace.apply(keyValue("sessions", "{history: 5, limitMarkerTtl: 1m}"));
        assertUnsupported(sessions, "spec.limitMarkerTtl", "2.11.0");
        assertThat(jetStream.hasStream("KV_sessions")).isFalse();

        namespace.applyReady(keyValue("sessions", """
                history: 5
                description: All that 2.10 knows
                ttl: 1h
                maxValueSize: 1Mi
                maxBytes: 1Gi
                storage: memory
                replicas: 1
                republish: {destination: copies.>}
                metadata: {team: sales}
                """));
        var copy = namespace.applyReady(keyValue("copy", "mirror: {name: sessions}"));
        var all = namespace.applyReady(
                keyValue("all", "{compression: true, sources: [{name: sessions, filterSubject: $KV.sessions.*}]}"));
        var files = namespace.applyReady(objectStore("files", "{ttl: 1h, maxBytes: 1Gi, compression: true}"));

        var client = installation.nats().connection().keyValue("sessions");
        client.put("anna", "one");
        assertThat(client.get("anna").getValueAsString()).isEqualTo("one");
        var sourced = installation.nats().connection().keyValue("all");
        eventually(() -> assertThat(sourced.keys()).containsExactly("anna"));
        installation.nats().connection().objectStore("files").put("photo", new byte[] {1});
        eventually(() -> assertThat(namespace.read(files).<Integer>get("status", "objects"))
                .isEqualTo(1));
        try (var traffic = new ApiTraffic(installation.nats())) {
            for (String stream : List.of("KV_sessions", "KV_copy", "KV_all", "OBJ_files")) {
                traffic.await(2, "STREAM.INFO." + stream);
            }
            assertThat(traffic.writes()).isEmpty();
        }
        List.of(sessions, copy, all, files).forEach(namespace::awaitReady);
    }

    @Test
    void anUpdateArrives() {
        namespace.applyReady(stream("orders", "{subjects: [a], maxAge: 1h}"));
        namespace.applyReady(consumer("workers", "{streamName: orders, maxDeliver: 5}"));

        namespace.applyReady(stream("orders", "{subjects: [a, b]}"));
        namespace.applyReady(consumer("workers", "{streamName: orders, maxDeliver: 6}"));

        assertThat(jetStream.stream("orders").at("/config/subjects")).hasSize(2);
        assertThat(jetStream.stream("orders").at("/config/max_age").longValue()).isZero();
        assertThat(jetStream
                        .consumer("orders", "workers")
                        .at("/config/max_deliver")
                        .intValue())
                .isEqualTo(6);
    }
}
