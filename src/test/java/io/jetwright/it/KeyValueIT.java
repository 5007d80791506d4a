package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static io.jetwright.it.harness.Manifests.consumer;
import static io.jetwright.it.harness.Manifests.keyValue;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.jetwright.it.harness.ExpectedConfiguration;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.JetStreamApi;
import io.jetwright.it.harness.NeedsNats;
import io.jetwright.it.harness.TestNamespace;
import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.MessageTtl;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.KeyValueOperation;
import io.nats.client.api.KeyValueWatcher;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.Mirror;
import io.nats.client.api.Republish;
import io.nats.client.api.StorageType;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a KeyValue resource makes of JetStream, and what a client does with the bucket. */
class KeyValueIT {
    private static final String BUCKET = """
            discard: new
            deny_delete: true
            allow_rollup_hdrs: true
            allow_direct: true
            max_msgs_per_subject: 1
            """;

    @RegisterExtension
    static final Installation installation = Installation.withOperator().environment("RESYNC_INTERVAL", "1h");

    private final TestNamespace namespace = installation.namespace();
    private final JetStreamApi jetStream = new JetStreamApi(installation.nats());

    private static KeyValue client(String bucket) throws Exception {
        return installation.nats().connection().keyValue(bucket);
    }

    private static String config(String... otherwise) {
        return ExpectedConfiguration.stream(java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(BUCKET), java.util.stream.Stream.of(otherwise))
                .toArray(String[]::new));
    }

    @Test
    void aBucketThatSaysNothingHasItsResourcesNameAndIsAsClientsMakeIt() throws Exception {
        namespace.applyReady(keyValue("plain", "{}"));
        String ours = jetStream.streamConfig("KV_plain");

        assertThat(ours).isEqualTo(config("{name: KV_plain, subjects: [$KV.plain.>]}"));
        assertThat(namespace.read(namespace.applyReady(keyValue("plain", "{}"))).<String>get("status", "bucket"))
                .isEqualTo("plain");
        installation
                .nats()
                .connection()
                .keyValueManagement()
                .create(KeyValueConfiguration.builder("theirs").build());
        assertThat(jetStream.streamConfig("KV_theirs")).isEqualTo(ours.replace("plain", "theirs"));
    }

    @Test
    void everyFieldArrivesThenChangesThenGoesBackToTheDefault() {
        namespace.applyReady(keyValue("everything", """
                bucket: EVERY_thing-1
                description: All that a bucket of its own can have
                history: 5
                ttl: 1m
                limitMarkerTtl: 10s
                maxValueSize: 64Ki
                maxBytes: 64Mi
                storage: file
                replicas: 1
                republish: {source: $KV.EVERY_thing-1.>, destination: copies.>, headersOnly: true}
                compression: true
                metadata: {team: sales}
                """));
        assertThat(jetStream.streamConfig("KV_EVERY_thing-1")).isEqualTo(config("""
                name: KV_EVERY_thing-1
                subjects: [$KV.EVERY_thing-1.>]
                description: All that a bucket of its own can have
                max_msgs_per_subject: 5
                max_age: 60000000000
                duplicate_window: 60000000000
                subject_delete_marker_ttl: 10000000000
                allow_msg_ttl: true
                max_msg_size: 65536
                max_bytes: 67108864
                republish: {src: $KV.EVERY_thing-1.>, dest: copies.>, headers_only: true}
                compression: s2
                metadata: {team: sales}
                """));

        namespace.applyReady(keyValue("everything", """
                bucket: EVERY_thing-1
                description: All that a bucket of its own can change
                history: 64
                ttl: 1d
                limitMarkerTtl: 1h
                maxValueSize: 1Mi
                maxBytes: 128Mi
                republish: {destination: all.>}
                compression: false
                metadata: {team: billing}
                """));
        assertThat(jetStream.streamConfig("KV_EVERY_thing-1")).isEqualTo(config("""
                name: KV_EVERY_thing-1
                subjects: [$KV.EVERY_thing-1.>]
                description: All that a bucket of its own can change
                max_msgs_per_subject: 64
                max_age: 86400000000000
                subject_delete_marker_ttl: 3600000000000
                allow_msg_ttl: true
                max_msg_size: 1048576
                max_bytes: 134217728
                republish: {src: ">", dest: all.>}
                compression: none
                metadata: {team: billing}
                """));

        namespace.applyReady(keyValue("everything", "bucket: EVERY_thing-1"));
        assertThat(jetStream.streamConfig("KV_EVERY_thing-1"))
                .isEqualTo(config("{name: KV_EVERY_thing-1, subjects: [$KV.EVERY_thing-1.>], allow_msg_ttl: true}"));
    }

    @Test
    void aClientPutsGetsDeletesAndSeesTheHistory() throws Exception {
        namespace.applyReady(keyValue("sessions", "{history: 3, storage: memory}"));
        KeyValue sessions = client("sessions");

        long first = sessions.put("anna", "one");
        sessions.update("anna", "two".getBytes(StandardCharsets.UTF_8), first);
        assertThatExceptionOfType(JetStreamApiException.class)
                .isThrownBy(() -> sessions.update("anna", "late".getBytes(StandardCharsets.UTF_8), first));
        assertThatExceptionOfType(JetStreamApiException.class)
                .isThrownBy(() -> sessions.create("anna", "again".getBytes(StandardCharsets.UTF_8)));
        sessions.put("anna", "three");
        sessions.put("anna", "four");
        sessions.put("bert", "one");
        sessions.delete("bert");

        assertThat(sessions.get("anna").getValueAsString()).isEqualTo("four");
        assertThat(sessions.get("anna", first + 1).getValueAsString()).isEqualTo("two");
        assertThat(sessions.history("anna").stream().map(KeyValueEntry::getValueAsString))
                .containsExactly("two", "three", "four");
        assertThat(sessions.get("bert")).isNull();
        assertThat(sessions.keys()).containsExactly("anna");
        sessions.purge("anna");
        assertThat(sessions.keys()).isEmpty();
    }

    @Test
    void aClientWatches() throws Exception {
        namespace.applyReady(keyValue("sessions", "{}"));
        KeyValue sessions = client("sessions");
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        KeyValueWatcher watcher = new KeyValueWatcher() {
            @Override
            public void watch(KeyValueEntry entry) {
                seen.add(entry.getKey() + " " + entry.getOperation());
            }

            @Override
            public void endOfData() {
                seen.add("end");
            }
        };
        sessions.put("anna", "one");
        var subscription = sessions.watchAll(watcher);
        sessions.put("bert", "one");
        sessions.delete("bert");

        eventually(() -> assertThat(seen).contains("anna PUT", "end", "bert DELETE"));
        subscription.unsubscribe();
    }

    @Test
    void valuesExpireAndLeaveMarkers() throws Exception {
        namespace.applyReady(keyValue("sessions", "{limitMarkerTtl: 1m}"));
        KeyValue sessions = client("sessions");

        sessions.create("anna", "one".getBytes(StandardCharsets.UTF_8), MessageTtl.seconds(1));
        sessions.put("bert", "one");

        eventually(() -> assertThat(sessions.history("anna").stream().map(KeyValueEntry::getOperation))
                .containsExactly(KeyValueOperation.PURGE));
        assertThat(sessions.get("bert")).isNotNull();

        namespace.applyReady(keyValue("sessions", "{limitMarkerTtl: 1m, ttl: 1s}"));
        eventually(() -> assertThat(sessions.keys()).isEmpty());
    }

    @Test
    @NeedsNats("2.12")
    void aMirrorHasWhatItsOriginHasAndIsWrittenThrough() throws Exception {
        namespace.applyReady(keyValue("origin", "{}"));
        client("origin").put("anna", "one");
        GenericKubernetesResource copy = namespace.applyReady(keyValue("copy", "mirror: {name: origin}"));

        client("copy").put("bert", "two");

        eventually(() -> {
            assertThat(inCopy("$KV.origin.anna")).isEqualTo("one");
            assertThat(inCopy("$KV.origin.bert")).isEqualTo("two");
            assertThat(client("origin").keys()).containsExactlyInAnyOrder("anna", "bert");
        });
        assertThat(namespace.read(copy).<String>get("status", "mirror", "name")).isEqualTo("KV_origin");

        namespace.applyReady(keyValue("copy", "description: promoted"));
        client("copy").put("carl", "three");
        assertThat(client("copy").get("carl").getValueAsString()).isEqualTo("three");
        assertThat(client("origin").get("carl")).isNull();
    }

    private static String inCopy(String subject) throws Exception {
        byte[] value = installation
                .nats()
                .connection()
                .jetStreamManagement()
                .getLastMessage("KV_copy", subject)
                .getData();
        return new String(value, StandardCharsets.UTF_8);
    }

    @Test
    void aBucketWithSourcesHasTheirKeysAsItsOwn() throws Exception {
        namespace.applyReady(keyValue("east", "{}"));
        namespace.applyReady(keyValue("west", "{}"));
        GenericKubernetesResource all = namespace.applyReady(keyValue("all", """
                sources:
                - name: east
                - name: KV_west
                  filterSubject: $KV.west.open.*
                """));
        client("east").put("anna", "one");
        client("west").put("open.bert", "two");
        client("west").put("closed.carl", "three");
        client("all").put("dora", "four");

        eventually(() -> assertThat(client("all").keys()).containsExactlyInAnyOrder("anna", "open.bert", "dora"));
        assertThat(client("all").get("open.bert").getValueAsString()).isEqualTo("two");
        assertThat(namespace.read(all).<List<?>>get("status", "sources")).hasSize(2);
    }

    @Test
    void bucketsThatJnatsMadeAreAdoptedWithoutAnyChange() throws Exception {
        var management = installation.nats().connection().keyValueManagement();
        management.create(KeyValueConfiguration.builder("plain").build());
        management.create(KeyValueConfiguration.builder("full")
                .description("Made by code")
                .maxHistoryPerKey(10)
                .ttl(Duration.ofSeconds(90))
                .limitMarker(Duration.ofMinutes(5))
                .maximumValueSize(1000)
                .maxBucketSize(1_000_000)
                .storageType(StorageType.Memory)
                .replicas(1)
                .republish(Republish.builder()
                        .source("$KV.full.>")
                        .destination("copies.>")
                        .build())
                .metadata(Map.of("team", "sales"))
                .build());
        management.create(
                KeyValueConfiguration.builder("pressed").compression(true).build());
        management.create(KeyValueConfiguration.builder("copy")
                .mirror(Mirror.builder().name("plain").build())
                .build());
        client("full").put("anna", "one");
        List<String> names = List.of("KV_plain", "KV_full", "KV_pressed", "KV_copy");
        List<String> before = names.stream().map(jetStream::streamConfig).toList();

        List<GenericKubernetesResource> adopted = List.of(
                namespace.applyReady(keyValue("plain", "{}")),
                namespace.applyReady(keyValue("full", """
                        description: Made by code
                        history: 10
                        ttl: 90s
                        limitMarkerTtl: 5m
                        maxValueSize: 1000
                        maxBytes: 1000000
                        storage: memory
                        replicas: 1
                        republish: {source: $KV.full.>, destination: copies.>}
                        metadata: {team: sales}
                        """)),
                namespace.applyReady(keyValue("pressed", "compression: true")),
                namespace.applyReady(keyValue("copy", "mirror: {name: plain}")));

        assertThat(names.stream().map(jetStream::streamConfig)).isEqualTo(before);
        assertThat(adopted)
                .allSatisfy(bucket -> eventually(() -> assertThat(namespace.events(bucket))
                        .extracting(Event::getMessage)
                        .singleElement()
                        .asString()
                        .endsWith("existed and is adopted")));
        assertThat(client("full").get("anna").getValueAsString()).isEqualTo("one");
    }

    @Test
    void anAdoptedBucketKeepsItsHistoryWhereTheSpecSaysNothingOfIt() throws Exception {
        installation
                .nats()
                .connection()
                .keyValueManagement()
                .create(KeyValueConfiguration.builder("sessions")
                        .maxHistoryPerKey(5)
                        .build());
        client("sessions").put("anna", "one");
        client("sessions").put("anna", "two");

        namespace.applyReady(keyValue("sessions", "description: adopted"));

        assertThat(client("sessions").history("anna")).hasSize(2);
    }

    @Test
    void anAdoptedBucketStaysAMirrorThoughItsSpecNamesNoneAndTheStatusSaysSo() throws Exception {
        namespace.applyReady(keyValue("origin", "{}"));
        installation
                .nats()
                .connection()
                .keyValueManagement()
                .create(KeyValueConfiguration.builder("copy")
                        .mirror(Mirror.builder().name("origin").build())
                        .build());

        GenericKubernetesResource copy = namespace.applyReady(keyValue("copy", "{}"));

        assertThat(namespace.condition(copy, "Ready").getMessage()).contains("Beyond the spec it has mirror: ");
        assertThat(jetStream.stream("KV_copy").at("/config/mirror/name").asText())
                .isEqualTo("KV_origin");
    }

    @Test
    void theStatusSaysWhatIsInTheBucket() throws Exception {
        namespace.applyReady(keyValue("sessions", "{history: 5, ttl: 36h}"));
        KeyValue sessions = client("sessions");
        sessions.put("anna", "one");
        sessions.put("anna", "two");
        sessions.put("bert", "one");

        GenericKubernetesResource read =
                namespace.applyReady(keyValue("sessions", "{history: 5, ttl: 36h, description: full}"));

        assertThat(read.<Integer>get("status", "values")).isEqualTo(3);
        assertThat(read.<Integer>get("status", "keys")).isEqualTo(2);
        assertThat(read.<Integer>get("status", "bytes")).isPositive();
        assertThat(read.<Integer>get("status", "history")).isEqualTo(5);
        assertThat(read.<String>get("status", "ttl")).isEqualTo("36h");
        assertThat(read.<String>get("status", "stream")).isEqualTo("KV_sessions");
        assertThat(read.<String>get("status", "lastTime")).isNotEmpty();
    }

    @Test
    void aConsumerOfTheBucketFollowsIt() {
        GenericKubernetesResource billing = namespace.apply(consumer("billing", "streamName: KV_sessions"));
        namespace.awaitNotReady(billing, "StreamNotReady");

        namespace.applyReady(keyValue("sessions", "{}"));

        namespace.awaitReadySoon(billing);
    }

    /** As the guide on buckets says. */
    @Test
    @NeedsNats("2.11")
    void aMirrorKeepsAValueWhoseOwnTtlIsOverUntilTheOriginsMarkerComes() throws Exception {
        namespace.applyReady(keyValue("plain", "limitMarkerTtl: 1h"));
        namespace.applyReady(keyValue("copy", "mirror: {name: plain}"));
        var headers = new Headers().add("Nats-TTL", "1s");
        installation
                .nats()
                .connection()
                .jetStream()
                .publish(NatsMessage.builder()
                        .subject("$KV.plain.brief")
                        .headers(headers)
                        .data("value")
                        .build());

        for (String stream : List.of("KV_plain", "KV_copy")) {
            eventually(() -> {
                MessageInfo last = installation.nats().jetStream().getLastMessage(stream, "$KV.plain.brief");
                assertThat(last.getHeaders()).isNotNull().satisfies(marker -> assertThat(
                                marker.getFirst("Nats-Marker-Reason"))
                        .isEqualTo("MaxAge"));
            });
        }
    }
}
