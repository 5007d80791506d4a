package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static io.jetwright.it.harness.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jetwright.api.Replica;
import io.jetwright.it.harness.ExampleCluster;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.TestNamespace;
import io.nats.client.Message;
import io.nats.client.PublishOptions;
import io.nats.client.api.OrderedConsumerConfiguration;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three servers with authentication and TLS, as {@code examples/nats-cluster} has them, and what they go through. */
@Order(1) // takes long
class NatsClusterIT {
    /** An election takes some seconds, on a busy machine more. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    static final Installation installation = Installation.withOperator().environment("RESYNC_INTERVAL", "1s");

    private static ExampleCluster cluster;

    private final TestNamespace namespace = installation.namespace();

    @BeforeAll
    static void launch() {
        cluster = new ExampleCluster();
    }

    @AfterAll
    static void end() {
        cluster.close();
    }

    @BeforeEach
    void connect() {
        cluster.start();
        cluster.secretsOfTheOperator().forEach(namespace::apply);
    }

    @AfterEach
    void clear() {
        cluster.start();
        namespace.clear();
        cluster.clear();
    }

    /** The example's own resources, but for the addresses. */
    private List<GenericKubernetesResource> applyExample() throws IOException {
        List<GenericKubernetesResource> resources =
                TestNamespace.parse(Files.readString(ExampleCluster.EXAMPLE.resolve("jetstream.yaml")));
        GenericKubernetesResource connection = resources.get(0);
        connection.<Map<String, Object>>get("spec").put("servers", cluster.urls());
        return resources.stream().map(namespace::apply).map(this::awaitReady).toList();
    }

    private GenericKubernetesResource awaitReady(GenericKubernetesResource resource) {
        return namespace.awaitReady(PATIENCE, resource);
    }

    private static List<Replica> replicas(GenericKubernetesResource stream) {
        return List.of(
                Serialization.unmarshal(Serialization.asJson(stream.get("status", "replicas")), Replica[].class));
    }

    private static void publish(String subject, int messages) throws Exception {
        for (int i = 0; i < messages; i++) {
            byte[] body = Integer.toString(i).getBytes(StandardCharsets.US_ASCII);
            // one whose confirmation was lost with a server is not to be there twice
            var once = PublishOptions.builder().messageId(subject + "/" + i).build();
            eventually(() -> cluster.connection().jetStream().publish(subject, body, once));
        }
    }

    private static StreamInfo info(String stream) {
        return await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> cluster.jetStream().getStreamInfo(stream), Objects::nonNull);
    }

    /** What an application that has just come gets of a subject, in the order in which it gets it. */
    private static List<String> read(String subject) throws Exception {
        var reader = cluster.connection()
                .getStreamContext("EVENTS")
                .createOrderedConsumer(new OrderedConsumerConfiguration().filterSubject(subject));
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Message message = Objects.requireNonNull(reader.next(PATIENCE));
            texts.add(new String(message.getData(), StandardCharsets.US_ASCII));
        }
        return texts;
    }

    @Test
    void theExampleIsReadyAndTellsWhereItIs() throws Exception {
        List<GenericKubernetesResource> example = applyExample();

        assertThat(example.get(0).<String>get("status", "cluster")).isEqualTo("nats");
        assertThat(example.get(0).<String>get("status", "account")).isEqualTo("APP");
        eventually(() -> {
            GenericKubernetesResource events = namespace.read(example.get(1));
            assertThat(events.<String>get("status", "cluster")).isEqualTo("nats");
            assertThat(events.<String>get("status", "leader")).startsWith("nats-");
            assertThat(replicas(events)).hasSize(2).allMatch(Replica::current);
        });
    }

    @Test
    void aStreamLivesWhereItsTagsSayAndMovesWithThem() throws Exception {
        applyExample();
        GenericKubernetesResource placed = awaitReady(namespace.apply(placed("nats-2")));
        assertThat(placed.<String>get("status", "leader")).isEqualTo("nats-2");
        publish("placed", 20);

        namespace.apply(placed("nats-0"));

        eventually(PATIENCE, () -> assertThat(namespace.read(placed).<String>get("status", "leader"))
                .isEqualTo("nats-0"));
        awaitReady(placed);
        eventually(() -> assertThat(cluster.jetStream()
                        .getStreamInfo("placed")
                        .getStreamState()
                        .getMsgCount())
                .isEqualTo(20));
    }

    private static String placed(String tag) {
        return stream("placed", "{connectionRef: {name: nats}, replicas: 1, placement: {tags: [%s]}}".formatted(tag));
    }

    @Test
    void aTagThatNoServerHasIsRefusedInTheServersWords() throws Exception {
        applyExample();

        GenericKubernetesResource placed = namespace.apply(placed("elsewhere"));

        assertThat(namespace.awaitNotReady(PATIENCE, placed, "Rejected"))
                .contains("no suitable peers for placement")
                .contains("elsewhere");
    }

    @Test
    void eachServerMayGoAndComeBackAndNothingIsLost() throws Exception {
        GenericKubernetesResource events = applyExample().get(1);
        int published = 0;
        for (int i = 0; i < 3; i++) {
            String gone = ExampleCluster.name(i);
            cluster.stop(i);
            publish("events.while." + gone, 10);
            published += 10;
            eventually(PATIENCE, () -> {
                GenericKubernetesResource current = namespace.read(events);
                assertThat(current.<String>get("status", "leader")).isNotEqualTo(gone);
                assertThat(replicas(current))
                        .filteredOn(replica -> replica.name().equals(gone))
                        .allMatch(replica -> !replica.current() || replica.offline());
            });
            awaitReady(events);
            cluster.start(i);
            eventually(PATIENCE, () -> assertThat(replicas(namespace.read(events)))
                    .hasSize(2)
                    .allMatch(Replica::current));
            awaitReady(events);
        }
        StreamInfo info = info("EVENTS");
        assertThat(info.getStreamState().getMsgCount()).isEqualTo(published);
        assertThat(info.getConfiguration().getStorageType()).isEqualTo(StorageType.File);
        // requests may still go unanswered while a leader is being elected
        eventually(PATIENCE, () -> assertThat(read("events.while.nats-1"))
                .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"));
    }

    @ParameterizedTest(name = "the leader stays: {0}")
    @ValueSource(booleans = {true, false})
    void withoutAMajorityItSaysSoAndHealsByItself(boolean leaderStays) throws Exception {
        GenericKubernetesResource events = applyExample().get(1);
        publish("events.before", 10);
        int leader = ExampleCluster.number(namespace.read(events).get("status", "leader"));
        int survivor = leaderStays ? leader : (leader + 1) % 3;

        cluster.stop((survivor + 1) % 3);
        cluster.stop((survivor + 2) % 3);

        eventually(
                PATIENCE, () -> assertThat(namespace.condition(events, "Ready").getStatus())
                        .isNotEqualTo("True"));
        assertThat(namespace.condition(events, "Ready").getReason()).isIn("NoQuorum", "Unreachable", "Rejected");

        cluster.start((survivor + 1) % 3);

        awaitReady(events);
        eventually(() -> assertThat(cluster.jetStream()
                        .getStreamInfo("EVENTS")
                        .getStreamState()
                        .getMsgCount())
                .isEqualTo(10));
    }
}
