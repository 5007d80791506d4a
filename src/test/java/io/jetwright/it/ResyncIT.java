package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static io.jetwright.it.harness.Manifests.consumer;
import static io.jetwright.it.harness.Manifests.keyValue;
import static io.jetwright.it.harness.Manifests.objectStore;
import static io.jetwright.it.harness.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.jetwright.it.harness.ApiTraffic;
import io.jetwright.it.harness.Declared;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.JetStreamApi;
import io.jetwright.it.harness.NeedsNats;
import io.jetwright.it.harness.TestNamespace;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PullSubscribeOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the resync is for: the numbers in the status, and drift of which JetStream says nothing. */
class ResyncIT {
    @RegisterExtension
    static final Installation installation = Installation.withOperator().environment("RESYNC_INTERVAL", "1s");

    private final TestNamespace namespace = installation.namespace();
    private final JetStreamApi jetStream = new JetStreamApi(installation.nats());

    private void awaitStatus(GenericKubernetesResource resource, Map<String, Object> expected) {
        eventually(() -> assertThat(namespace.read(resource).<Map<String, Object>>get("status"))
                .containsAllEntriesOf(expected));
    }

    /** One message more among a hundred is in the metrics, and not worth a write. */
    @Test
    void aSmallChangeOfNumbersIsInTheMetricsAndNotYetInTheStatus() throws Exception {
        GenericKubernetesResource busy = namespace.applyReady(stream("busy", "{name: BUSY, subjects: [busy.>]}"));
        jetStream.publish("busy.a", 100);
        eventually(() -> assertThat(namespace.read(busy).<Integer>get("status", "messages"))
                .isEqualTo(100));

        jetStream.publish("busy.a", 1);

        eventually(() -> assertThat(
                        installation.operator().get("/metrics").body().lines())
                .anyMatch(line -> line.startsWith("jetwright_stream_total_messages{") && line.endsWith(" 101.0"))
                .anyMatch(line -> line.startsWith("jetwright_status_writes_total{cause=\"postponed\"}")));
        assertThat(namespace.read(busy).<Integer>get("status", "messages")).isEqualTo(100);
    }

    @Test
    @NeedsNats("2.12")
    void nothingIsSentAndNothingIsWrittenWhenNothingHasChanged() throws Exception {
        GenericKubernetesResource orders = namespace.applyReady(stream("orders", """
                name: ORDERS
                description: Compared again and again
                subjects: ["orders.>", "invoices.*"]
                maxAge: 7d
                maxBytes: 1Gi
                maxMsgs: -1
                duplicateWindow: 2m
                replicas: 1
                compression: none
                persistMode: default
                republish:
                  destination: copies.>
                metadata: {team: sales}
                consumerLimits: {}
                placement: {}
                subjectDeleteMarkerTtl: 1m
                """));
        GenericKubernetesResource all = namespace.applyReady(stream("all", """
                name: ALL
                sources:
                  - name: ORDERS
                    optStartTime: "2026-01-31T12:00:00.50+02:00"
                    subjectTransforms:
                      - source: orders.*
                        dest: all.{{wildcard(1)}}
                """));
        GenericKubernetesResource pull = namespace.applyReady(consumer("pull", """
                streamRef: {name: orders}
                ackWait: 30s
                maxDeliver: 5
                backoff: [1s, 5s, 30s]
                filterSubjects: [orders.new, "orders.changed.>"]
                sampleFreq: 30%
                priorityPolicy: none
                replicas: 0
                """));
        GenericKubernetesResource push = namespace.applyReady(consumer("push", """
                streamName: ORDERS
                deliverSubject: deliver.orders
                deliverPolicy: byStartTime
                optStartTime: "2026-01-31T12:00:00Z"
                ackPolicy: none
                heartbeatInterval: 5s
                flowControl: true
                maxDeliver: -1
                """));
        List<GenericKubernetesResource> resources = List.of(orders, all, pull, push);
        awaitStatus(orders, Map.of("consumers", 2));
        awaitFirstResync("ORDERS", "ALL");
        List<String> before = versions(resources);

        try (var traffic = new ApiTraffic(installation.nats())) {
            traffic.await(3, "CONSUMER.INFO.ORDERS.push");
            traffic.await(1, "CONSUMER.INFO.ORDERS.pull");
            traffic.await(1, "STREAM.INFO.ORDERS");
            traffic.await(1, "STREAM.INFO.ALL");

            assertThat(traffic.writes()).isEmpty();
        }

        assertThat(versions(resources)).isEqualTo(before);
    }

    @Test
    void nothingIsSentAndNothingIsWrittenWhenNothingHasChangedInABucket() throws Exception {
        GenericKubernetesResource sessions = namespace.applyReady(keyValue("sessions", """
                history: 5
                ttl: 90s
                limitMarkerTtl: 1m
                maxValueSize: 64Ki
                maxBytes: -1
                compression: false
                republish: {destination: copies.>}
                metadata: {team: sales}
                placement: {}
                """));
        List<GenericKubernetesResource> resources = List.of(
                sessions,
                namespace.applyReady(keyValue("copy", "mirror: {name: sessions, filterSubject: $KV.sessions.a.>}")),
                namespace.applyReady(keyValue("all", "sources: [{name: sessions, filterSubject: $KV.sessions.*.eu}]")),
                namespace.applyReady(objectStore("files", "{ttl: 1h, compression: true, maxBytes: 1Gi}")));
        awaitFirstResync("KV_sessions", "KV_copy", "KV_all", "OBJ_files");
        List<String> before = versions(resources);

        try (var traffic = new ApiTraffic(installation.nats())) {
            traffic.await(3, "STREAM.INFO.KV_sessions");
            traffic.await(1, "STREAM.INFO.KV_copy");
            traffic.await(1, "STREAM.INFO.KV_all");
            traffic.await(1, "STREAM.INFO.OBJ_files");

            assertThat(traffic.writes()).isEmpty();
        }

        assertThat(versions(resources)).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(names = {"KEY_VALUE", "OBJECT_STORE"})
    void aBucketThatWasDeletedComesBack(Declared kind) {
        GenericKubernetesResource bucket = namespace.applyReady(kind.manifest("bucket", "ttl: 1d"));
        String before = jetStream.streamConfig(kind.stream());

        jetStream.deleteStream(kind.stream());

        eventually(() -> {
            assertThat(jetStream.hasStream(kind.stream())).isTrue();
            assertThat(jetStream.streamConfig(kind.stream())).isEqualTo(before);
        });
        namespace.awaitReady(bucket);
    }

    /** What is read says more than the answer to a creation; at the second question the first answer is in the status. */
    private void awaitFirstResync(String... streams) throws Exception {
        try (var traffic = new ApiTraffic(installation.nats())) {
            for (String stream : streams) {
                traffic.awaitInAll(2, "STREAM.INFO." + stream);
            }
        }
    }

    private List<String> versions(List<GenericKubernetesResource> resources) {
        return resources.stream()
                .map(resource -> namespace.read(resource).getMetadata().getResourceVersion())
                .toList();
    }

    @Test
    void aStreamsStatusFollowsItsMessages() {
        GenericKubernetesResource orders =
                namespace.applyReady(stream("orders", "{name: ORDERS, subjects: [orders.*, bills.*]}"));
        assertThat(orders.<Map<String, Object>>get("status"))
                .containsEntry("stream", "ORDERS")
                .containsEntry("captures", "orders.*,bills.*")
                .containsEntry("messages", 0)
                .containsEntry("bytes", 0)
                .containsEntry("consumers", 0)
                .containsKey("created")
                .doesNotContainKeys("lastTime", "replicas", "mirror", "sources", "drift");
        namespace.applyReady(consumer("billing", "streamRef: {name: orders}"));

        jetStream.publish("orders.new", 3);
        jetStream.publish("bills.new", 2);
        jetStream.ask("STREAM.MSG.DELETE.ORDERS", "{\"seq\": 1}");

        long bytes = jetStream.stream("ORDERS").at("/state/bytes").asLong();
        awaitStatus(
                orders,
                Map.of(
                        "messages", 4,
                        "bytes", (int) bytes,
                        "firstSequence", 2,
                        "lastSequence", 5,
                        "subjects", 2,
                        "consumers", 1));
        assertThat(namespace.read(orders).<String>get("status", "lastTime")).isNotEmpty();
    }

    @Test
    void mirrorsAndSourcesSayHowFarTheyAre() {
        namespace.applyReady(stream("origin", "subjects: [origin.*]"));
        GenericKubernetesResource copy = namespace.applyReady(stream("copy", "mirror: {name: origin}"));
        GenericKubernetesResource sum = namespace.applyReady(stream("sum", "sources: [{name: origin}]"));

        jetStream.publish("origin.new", 5);

        awaitStatus(copy, Map.of("messages", 5, "mirror", Map.of("name", "origin", "lag", 0)));
        awaitStatus(sum, Map.of("messages", 5, "sources", List.of(Map.of("name", "origin", "lag", 0))));
    }

    @Test
    void aConsumersStatusFollowsItsDeliveries() throws Exception {
        namespace.applyReady(stream("work", "subjects: [work.*]"));
        GenericKubernetesResource workers = namespace.applyReady(consumer("workers", """
                streamRef: {name: work}
                ackWait: 200ms
                maxAckPending: 100
                """));
        assertThat(workers.<Map<String, Object>>get("status"))
                .containsEntry("stream", "work")
                .containsEntry("consumer", "workers")
                .containsEntry("paused", false)
                .containsKey("created")
                .doesNotContainKeys("pausedUntil", "replicas", "drift");
        jetStream.publish("work.new", 10);
        awaitStatus(workers, Map.of("pending", 10));

        JetStreamSubscription subscription = installation
                .nats()
                .connection()
                .jetStream()
                .subscribe(null, PullSubscribeOptions.bind("work", "workers"));
        List<Message> fetched = subscription.fetch(4, Duration.ofSeconds(5));
        assertThat(fetched).hasSize(4);
        fetched.get(0).ackSync(Duration.ofSeconds(5));
        fetched.get(1).ackSync(Duration.ofSeconds(5));
        awaitStatus(workers, Map.of("pending", 6, "ackPending", 2));
        assertThat(namespace.read(workers).<Map<String, Object>>get("status", "delivered"))
                .containsEntry("consumerSequence", 4)
                .containsEntry("streamSequence", 4)
                .containsKey("lastTime");
        assertThat(namespace.read(workers).<Map<String, Object>>get("status", "ackFloor"))
                .containsEntry("consumerSequence", 2)
                .containsEntry("streamSequence", 2);

        subscription.pull(1);
        awaitStatus(workers, Map.of("redelivered", 1));
        subscription.pullExpiresIn(50, Duration.ofSeconds(30));
        awaitStatus(workers, Map.of("pending", 0, "waiting", 1));
        subscription.unsubscribe();
    }

    @Test
    void aConsumerThatWasChangedByHandIsRepaired() {
        namespace.applyReady(stream("orders", "subjects: [orders.*]"));
        GenericKubernetesResource billing = namespace.applyReady(
                consumer("billing", "{streamRef: {name: orders}, maxDeliver: 5, filterSubject: orders.new}"));
        String desired = jetStream.consumerConfig("orders", "billing");

        jetStream.changeConsumer(
                "orders", "billing", config -> config.put("max_deliver", 2).put("filter_subject", "orders.old"));

        eventually(
                () -> assertThat(jetStream.consumerConfig("orders", "billing")).isEqualTo(desired));
        eventually(() -> assertThat(namespace.events(billing)).anySatisfy(event -> {
            assertThat(event.getReason()).isEqualTo("DriftRepaired");
            assertThat(event.getMessage()).contains("maxDeliver: 2 -> 5", "filterSubject: orders.old -> orders.new");
        }));
    }

    @Test
    void aConsumersFieldThatTheSpecLeavesOutIsLeftToOthers() throws Exception {
        namespace.applyReady(stream("orders", "subjects: [orders.*]"));
        namespace.applyReady(consumer("billing", "{streamRef: {name: orders}, maxDeliver: 5}"));

        jetStream.changeConsumer("orders", "billing", config -> config.put("max_ack_pending", 7));
        String changed = jetStream.consumerConfig("orders", "billing");

        try (var traffic = new ApiTraffic(installation.nats())) {
            traffic.await(2, "CONSUMER.INFO.orders.billing");
            assertThat(traffic.writes()).isEmpty();
        }
        assertThat(jetStream.consumerConfig("orders", "billing")).isEqualTo(changed);
    }

    @Test
    void aSourceThatLeadsNowhereSaysSo() {
        namespace.applyReady(stream("origin", "subjects: [origin]"));
        GenericKubernetesResource all = namespace.applyReady(
                stream("all", "sources: [{name: origin, externalApiPrefix: $JS.nowhere.API}, {name: origin}]"));

        awaitStatus(
                all,
                Map.of(
                        "sources",
                        List.of(
                                Map.of("name", "origin", "lag", 0),
                                Map.of(
                                        "name",
                                        "origin",
                                        "externalApiPrefix",
                                        "$JS.nowhere.API",
                                        "lag",
                                        0,
                                        "neverReached",
                                        true))));
    }
}
