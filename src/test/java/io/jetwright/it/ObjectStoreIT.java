package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static io.jetwright.it.harness.Manifests.objectStore;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.jetwright.it.harness.ExpectedConfiguration;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.JetStreamApi;
import io.jetwright.it.harness.TestNamespace;
import io.nats.client.ObjectStore;
import io.nats.client.api.ObjectInfo;
import io.nats.client.api.ObjectStoreConfiguration;
import io.nats.client.api.StorageType;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an ObjectStore resource makes of JetStream, and what a client does with it. */
class ObjectStoreIT {
    private static final String BUCKET = """
            discard: new
            allow_rollup_hdrs: true
            allow_direct: true
            """;

    @RegisterExtension
    static final Installation installation = Installation.withOperator().environment("RESYNC_INTERVAL", "1s");

    private final TestNamespace namespace = installation.namespace();
    private final JetStreamApi jetStream = new JetStreamApi(installation.nats());

    private static ObjectStore client(String bucket) throws Exception {
        return installation.nats().connection().objectStore(bucket);
    }

    private static String config(String otherwise) {
        return ExpectedConfiguration.stream(BUCKET, otherwise);
    }

    @Test
    void aStoreThatSaysNothingHasItsResourcesNameAndIsAsClientsMakeIt() throws Exception {
        namespace.applyReady(objectStore("plain", "{}"));
        String ours = jetStream.streamConfig("OBJ_plain");

        assertThat(ours).isEqualTo(config("{name: OBJ_plain, subjects: [$O.plain.M.>, $O.plain.C.>]}"));
        installation
                .nats()
                .connection()
                .objectStoreManagement()
                .create(ObjectStoreConfiguration.builder("theirs").build());
        assertThat(jetStream.streamConfig("OBJ_theirs")).isEqualTo(ours.replace("plain", "theirs"));
    }

    @Test
    void everyFieldArrivesThenChangesThenGoesBackToTheDefault() {
        namespace.applyReady(objectStore("everything", """
                bucket: EVERY_thing-1
                description: All that a store can have
                ttl: 1m
                maxBytes: 64Mi
                storage: file
                replicas: 1
                compression: true
                metadata: {team: sales}
                """));
        assertThat(jetStream.streamConfig("OBJ_EVERY_thing-1")).isEqualTo(config("""
                name: OBJ_EVERY_thing-1
                subjects: [$O.EVERY_thing-1.M.>, $O.EVERY_thing-1.C.>]
                description: All that a store can have
                max_age: 60000000000
                duplicate_window: 60000000000
                max_bytes: 67108864
                compression: s2
                metadata: {team: sales}
                """));

        namespace.applyReady(objectStore("everything", """
                bucket: EVERY_thing-1
                description: All that a store can change
                ttl: 1d
                maxBytes: 128Mi
                compression: false
                metadata: {team: billing}
                """));
        assertThat(jetStream.streamConfig("OBJ_EVERY_thing-1")).isEqualTo(config("""
                name: OBJ_EVERY_thing-1
                subjects: [$O.EVERY_thing-1.M.>, $O.EVERY_thing-1.C.>]
                description: All that a store can change
                max_age: 86400000000000
                max_bytes: 134217728
                metadata: {team: billing}
                """));

        namespace.applyReady(objectStore("everything", "bucket: EVERY_thing-1"));
        assertThat(jetStream.streamConfig("OBJ_EVERY_thing-1")).isEqualTo(config("""
                        name: OBJ_EVERY_thing-1
                        subjects: [$O.EVERY_thing-1.M.>, $O.EVERY_thing-1.C.>]
                        """));
    }

    @Test
    void aClientPutsGetsReplacesAndDeletesAndTheStatusCounts() throws Exception {
        GenericKubernetesResource files = namespace.applyReady(objectStore("files", "{storage: memory, ttl: 1d}"));
        assertThat(namespace.read(files).<Integer>get("status", "objects")).isZero();
        ObjectStore client = client("files");
        byte[] large = new byte[400_000];
        Arrays.fill(large, (byte) 7);

        client.put("large", large);
        client.put("small", "one".getBytes(StandardCharsets.UTF_8));
        client.put("small", "two".getBytes(StandardCharsets.UTF_8));
        client.put("gone", "x".getBytes(StandardCharsets.UTF_8));
        client.addLink("link", client.getInfo("small"));

        assertThat(content(client, "large")).isEqualTo(large);
        assertThat(content(client, "small")).asString().isEqualTo("two");
        assertThat(client.getList().stream().map(ObjectInfo::getObjectName))
                .containsExactlyInAnyOrder("large", "small", "gone", "link");
        eventually(() -> {
            GenericKubernetesResource read = namespace.read(files);
            assertThat(read.<Integer>get("status", "objects")).isEqualTo(4);
            assertThat(read.<Integer>get("status", "bytes")).isGreaterThan(large.length);
        });
        GenericKubernetesResource read = namespace.read(files);
        assertThat(read.<String>get("status", "bucket")).isEqualTo("files");
        assertThat(read.<String>get("status", "stream")).isEqualTo("OBJ_files");
        assertThat(read.<String>get("status", "ttl")).isEqualTo("1d");
        assertThat(read.<String>get("status", "leader")).isNotEmpty();
        assertThat(read.<String>get("status", "lastTime")).isNotEmpty();

        client.delete("gone");
        assertThat(client.getList().stream().map(ObjectInfo::getObjectName)).doesNotContain("gone");
        namespace.applyReady(objectStore("files", "{storage: memory, ttl: 1d, description: changed}"));
        assertThat(namespace.read(files).<Integer>get("status", "objects"))
                .as("with the marker of the one that is deleted, and after an update")
                .isEqualTo(4);
    }

    private static byte[] content(ObjectStore store, String name) throws Exception {
        var content = new ByteArrayOutputStream();
        store.get(name, content);
        return content.toByteArray();
    }

    @Test
    void storesThatClientsMadeAreAdoptedWithoutAnyChange() throws Exception {
        var management = installation.nats().connection().objectStoreManagement();
        management.create(ObjectStoreConfiguration.builder("plain").build());
        management.create(ObjectStoreConfiguration.builder("full")
                .description("Made by code")
                .ttl(Duration.ofSeconds(90))
                .maxBucketSize(1_000_000)
                .storageType(StorageType.Memory)
                .replicas(1)
                .compression(true)
                .metadata(Map.of("team", "sales"))
                .build());
        client("full").put("photo", "x".getBytes(StandardCharsets.UTF_8));
        List<String> names = List.of("OBJ_plain", "OBJ_full");
        List<String> before = names.stream().map(jetStream::streamConfig).toList();

        var adopted = Stream.of(objectStore("plain", "{}"), objectStore("full", """
                        description: Made by code
                        ttl: 90s
                        maxBytes: 1000000
                        storage: memory
                        replicas: 1
                        compression: true
                        metadata: {team: sales}
                        """))
                .map(namespace::applyReady)
                .toList();

        assertThat(names.stream().map(jetStream::streamConfig)).isEqualTo(before);
        assertThat(adopted)
                .allSatisfy(store -> eventually(() -> assertThat(namespace.events(store))
                        .extracting(Event::getMessage)
                        .singleElement()
                        .asString()
                        .endsWith("existed and is adopted")));
        assertThat(content(client("full"), "photo")).asString().isEqualTo("x");
    }

    @Test
    void aStoreThatAClientHasSealedStaysSealed() throws Exception {
        namespace.applyReady(objectStore("files", "{}"));
        client("files").put("photo", "x".getBytes(StandardCharsets.UTF_8));
        client("files").seal();

        namespace.applyReady(objectStore("files", "description: sealed"));

        assertThat(client("files").getStatus().isSealed()).isTrue();
        assertThat(content(client("files"), "photo")).asString().isEqualTo("x");
    }
}
