package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static io.jetwright.it.harness.Manifests.connection;
import static io.jetwright.it.harness.Manifests.consumer;
import static io.jetwright.it.harness.Manifests.keyValue;
import static io.jetwright.it.harness.Manifests.objectStore;
import static io.jetwright.it.harness.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.jetwright.it.harness.ApiTraffic;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.JetStreamApi;
import io.jetwright.it.harness.NatsServer;
import io.jetwright.it.harness.OperatorProcess;
import io.jetwright.it.harness.TestNamespace;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** To whom a JetStream object belongs, and what becomes of one that two resources name. */
class OwnershipIT {
    private static final String CLUSTER = "cluster-of-the-test";

    @RegisterExtension
    static final Installation installation =
            Installation.withOperator().environment("RESYNC_INTERVAL", "1h").environment("CLUSTER_ID", CLUSTER);

    private final TestNamespace namespace = installation.namespace();
    private final JetStreamApi jetStream = new JetStreamApi(installation.nats());

    private String owner(String stream) {
        return jetStream.stream(stream)
                .at("/config/metadata")
                .path("jetwright.io/owner")
                .asText();
    }

    private String ownerNamed(String resource) {
        return CLUSTER + "/" + namespace.name() + "/" + resource;
    }

    private static void setOwner(ObjectNode config, String owner) {
        config.withObject("/metadata").put("jetwright.io/owner", owner);
    }

    private long messages(String stream) {
        return jetStream.stream(stream).at("/state/messages").asLong();
    }

    @Test
    void streamsAndConsumersSayToWhichResourceTheyBelong() {
        namespace.applyReady(stream("orders", "name: ORDERS"));
        namespace.applyReady(consumer("billing", "{streamRef: {name: orders}, durableName: BILLING}"));

        assertThat(owner("ORDERS")).isEqualTo(ownerNamed("orders"));
        assertThat(jetStream
                        .consumer("ORDERS", "BILLING")
                        .at("/config/metadata")
                        .path("jetwright.io/owner")
                        .asText())
                .isEqualTo(ownerNamed("billing"));
    }

    @Test
    void theOwnersClusterIsTheUidOfKubeSystemUnlessItIsNamed() {
        OperatorProcess nameless = installation.newOperator();
        nameless.set("CLUSTER_ID", "");
        installation.operator().terminate();
        nameless.start();

        namespace.applyReady(stream("orders", "{}"));

        String uid = namespace
                .client()
                .namespaces()
                .withName("kube-system")
                .require()
                .getMetadata()
                .getUid();
        assertThat(owner("orders")).isEqualTo(uid + "/" + namespace.name() + "/orders");
        namespace.clear();
        nameless.terminate();
    }

    @Test
    void aStreamAndAConsumerThatNobodyOwnsAreAdoptedWithAllThatIsInThem() {
        jetStream.createStream("""
                name: ORDERS
                subjects: [orders.*]
                max_msgs: 100
                max_age: 3600000000000
                max_msg_size: 1000
                description: made by hand
                """);
        jetStream.createConsumer("ORDERS", "{durable_name: billing, ack_policy: explicit, max_deliver: 3}");
        jetStream.publish("orders.new", 3);

        GenericKubernetesResource orders = namespace.applyReady(stream("orders", """
                name: ORDERS
                subjects: [orders.*, bills.*]
                maxMsgs: 100
                maxAge: 1h
                """));
        GenericKubernetesResource billing = namespace.applyReady(
                consumer("billing", "{streamRef: {name: orders}, ackPolicy: explicit, maxDeliver: 3}"));

        assertThat(messages("ORDERS")).isEqualTo(3);
        assertThat(owner("ORDERS")).isEqualTo(ownerNamed("orders"));
        assertThat(jetStream.consumer("ORDERS", "billing").path("num_pending").asLong())
                .isEqualTo(3);
        assertAdopted(
                orders, "existed and is adopted, with changes: subjects: [\"orders.*\"] -> [\"orders.*\",\"bills.*\"]");
        JsonNode config = jetStream.stream("ORDERS").path("config");
        assertThat(config.path("description").asText()).isEqualTo("made by hand");
        assertThat(config.path("max_msg_size").asInt()).isEqualTo(1000);
        assertAdopted(billing, "existed and is adopted");
    }

    private void assertAdopted(GenericKubernetesResource resource, String message) {
        eventually(() -> assertThat(namespace.events(resource)).singleElement().satisfies(event -> {
            assertThat(event.getReason()).isEqualTo("Adopted");
            assertThat(event.getMessage()).endsWith(message);
        }));
    }

    @Test
    void aStreamThatNobodyOwnsIsLeftAsItIsWhereItCannotBeMadeToAgree() throws Exception {
        jetStream.createStream("{name: orders, subjects: [orders.*], storage: memory}");
        try (var traffic = new ApiTraffic(installation.nats())) {
            GenericKubernetesResource orders =
                    namespace.apply(stream("orders", "{subjects: [orders.*], storage: file}"));

            assertThat(namespace.awaitNotReady(orders, "Immutable")).contains("storage: memory -> file");
            assertThat(traffic.writes())
                    .as("writes but the first, which finds the stream")
                    .hasSize(1);
            namespace.delete(orders);
            namespace.awaitGone(orders);
        }
        assertThat(owner("orders")).isEmpty();
    }

    @Test
    void theSecondResourceThatNamesAStreamIsAConflictAndItsDeletionHarmsNobody() {
        namespace.applyReady(stream("winner", "{name: ORDERS, subjects: [orders.*]}"));
        jetStream.publish("orders.new", 2);
        String before = jetStream.streamConfig("ORDERS");

        GenericKubernetesResource loser = namespace.apply(stream("a-loser", "{name: ORDERS, subjects: [bills.*]}"));
        assertThat(namespace.awaitNotReady(loser, "Conflict"))
                .startsWith("stream ORDERS: ")
                .contains(namespace.name() + "/winner")
                .endsWith("delete one of the two resources, or give this one another name in JetStream");
        assertThat(namespace.condition(loser, "Stalled").getStatus()).isEqualTo("True");

        namespace.delete(loser);
        namespace.awaitGone(loser);
        assertThat(jetStream.streamConfig("ORDERS")).isEqualTo(before);
        assertThat(messages("ORDERS")).isEqualTo(2);
    }

    @Test
    void theOlderOfTwoResourcesWinsWhateverTheirNames() {
        installation.operator().terminate();
        GenericKubernetesResource older = namespace.apply(stream("z-older", "name: ORDERS"));
        Instant created = Instant.parse(older.getMetadata().getCreationTimestamp());
        eventually(
                () -> assertThat(Instant.now().truncatedTo(ChronoUnit.SECONDS)).isAfter(created));
        GenericKubernetesResource younger = namespace.apply(stream("a-younger", "name: ORDERS"));

        installation.operator().start();

        namespace.awaitReady(older);
        assertThat(namespace.awaitNotReady(younger, "Conflict")).contains(namespace.name() + "/z-older");
    }

    @Test
    void theLoserHasTheStreamSoonAfterTheWinnerIsDeleted() {
        GenericKubernetesResource winner =
                namespace.applyReady(stream("winner", "{name: ORDERS, subjects: [orders.*]}"));
        GenericKubernetesResource loser = namespace.apply(stream("loser", "{name: ORDERS, subjects: [bills.*]}"));
        namespace.awaitNotReady(loser, "Conflict");

        namespace.delete(winner);

        namespace.awaitGone(winner);
        namespace.awaitReadySoon(loser);
        assertThat(owner("ORDERS")).isEqualTo(ownerNamed("loser"));
        eventually(() -> assertThat(namespace.events(loser))
                .extracting(Event::getReason)
                .containsExactlyInAnyOrder("Conflict", "Created"));
    }

    @Test
    void theLoserHasTheRetainedStreamWithItsMessagesSoonAfterTheWinnerIsDeleted() {
        GenericKubernetesResource winner =
                namespace.applyReady(stream("winner", "{name: ORDERS, subjects: [orders.*], deletionPolicy: Retain}"));
        jetStream.publish("orders.new", 2);
        GenericKubernetesResource loser = namespace.apply(stream("loser", "{name: ORDERS, subjects: [orders.*]}"));
        namespace.awaitNotReady(loser, "Conflict");

        namespace.delete(winner);

        namespace.awaitGone(winner);
        namespace.awaitReadySoon(loser);
        assertThat(owner("ORDERS")).isEqualTo(ownerNamed("loser"));
        assertThat(messages("ORDERS")).isEqualTo(2);
        eventually(() -> assertThat(namespace.events(loser))
                .extracting(Event::getReason)
                .containsExactlyInAnyOrder("Conflict", "Adopted"));
    }

    @Test
    void theLoserHasTheConsumerSoonAfterTheWinnerIsDeleted() {
        namespace.applyReady(stream("orders", "{}"));
        GenericKubernetesResource winner =
                namespace.applyReady(consumer("winner", "{streamRef: {name: orders}, durableName: it}"));
        GenericKubernetesResource loser = namespace.apply(consumer("loser", "{streamName: orders, durableName: it}"));
        assertThat(namespace.awaitNotReady(loser, "Conflict")).contains(namespace.name() + "/winner");

        namespace.delete(winner);

        namespace.awaitGone(winner);
        namespace.awaitReadySoon(loser);
    }

    @Test
    void aStreamOfAnotherClusterIsLeftAloneUntilThatOneLetsGo() throws Exception {
        jetStream.createStream("""
                name: ORDERS
                subjects: [orders.*]
                metadata: {jetwright.io/owner: another-cluster/shop/orders}
                """);
        String before = jetStream.streamConfig("ORDERS");

        try (var traffic = new ApiTraffic(installation.nats())) {
            GenericKubernetesResource orders = namespace.apply(stream("orders", "{name: ORDERS, maxMsgs: 5}"));
            assertThat(namespace.awaitNotReady(orders, "Conflict"))
                    .contains("it belongs to shop/orders of the Kubernetes cluster another-cluster");
            namespace.delete(orders);
            namespace.awaitGone(orders);
            assertThat(traffic.writes())
                    .as("writes but the first, which finds the stream")
                    .hasSize(1);
        }
        assertThat(jetStream.streamConfig("ORDERS")).isEqualTo(before);

        GenericKubernetesResource orders = namespace.apply(stream("orders", "{name: ORDERS, maxMsgs: 5}"));
        namespace.awaitNotReady(orders, "Conflict");
        jetStream.changeStream("ORDERS", config -> config.remove("metadata"));
        namespace.awaitReadySoon(orders);
    }

    @Test
    void anOwnerThatIsNotWatchedIsTakenForAliveAndOneThatIsGoneIsNot() {
        jetStream.createStream("{name: orders, subjects: [orders], metadata: {jetwright.io/owner: %s/elsewhere/orders}}"
                .formatted(CLUSTER));
        GenericKubernetesResource orders = namespace.apply(stream("orders", "{}"));
        assertThat(namespace.awaitNotReady(orders, "Conflict")).contains("it belongs to elsewhere/orders");

        jetStream.changeStream("orders", config -> setOwner(config, ownerNamed("long-gone")));

        namespace.awaitReadySoon(orders);
        assertThat(owner("orders")).isEqualTo(ownerNamed("orders"));
    }

    @Test
    void resourcesThatOnlyObserveOrAreSuspendedKeepNobodyFromAStream() {
        GenericKubernetesResource observer =
                namespace.apply(stream("observer", "{name: ORDERS, managementPolicy: Observe}"));
        namespace.awaitNotReady(observer, "NotFound");
        GenericKubernetesResource suspended = namespace.apply(stream("suspended", "{name: ORDERS, suspend: true}"));
        namespace.awaitNotReady(suspended, "Suspended");

        namespace.applyReady(stream("manager", "name: ORDERS"));

        namespace.awaitReadySoon(observer);
        namespace.apply(stream("suspended", "name: ORDERS"));
        assertThat(namespace.awaitNotReady(suspended, "Conflict")).contains(namespace.name() + "/manager");
    }

    @Test
    void aBucketSaysToWhichResourceOfWhichKindItBelongs() {
        namespace.applyReady(keyValue("sessions", "{}"));
        namespace.applyReady(objectStore("files", "{}"));

        assertThat(owner("KV_sessions")).isEqualTo(ownerNamed("sessions/KeyValue"));
        assertThat(owner("OBJ_files")).isEqualTo(ownerNamed("files/ObjectStore"));
    }

    @Test
    void aStreamAndABucketMayHaveTheSameNameUnlessTheyAreTheSameStream() {
        namespace.applyReady(stream("orders", "{}"));
        namespace.applyReady(keyValue("orders", "{}"));
        namespace.applyReady(objectStore("orders", "{}"));

        GenericKubernetesResource loser = namespace.apply(stream("other", "name: KV_orders"));
        assertThat(namespace.awaitNotReady(loser, "Conflict"))
                .contains("stream KV_orders: the KeyValue " + namespace.name() + "/orders is older");
    }

    @ParameterizedTest
    @CsvSource({"true, KeyValue", "false, Stream"})
    void theOlderOfAStreamAndABucketWinsThoughTheirResourcesHaveOneName(boolean isBucketFirst, String winnersKind) {
        installation.operator().terminate();
        String bucket = keyValue("same", "bucket: ORDERS");
        String stream = stream("same", "name: KV_ORDERS");
        GenericKubernetesResource older = namespace.apply(isBucketFirst ? bucket : stream);
        Instant created = Instant.parse(older.getMetadata().getCreationTimestamp());
        eventually(
                () -> assertThat(Instant.now().truncatedTo(ChronoUnit.SECONDS)).isAfter(created));
        GenericKubernetesResource younger = namespace.apply(isBucketFirst ? stream : bucket);

        installation.operator().start();

        namespace.awaitReady(older);
        assertThat(namespace.awaitNotReady(younger, "Conflict"))
                .contains("the " + winnersKind + " " + namespace.name() + "/same");

        namespace.delete(older);
        namespace.awaitGone(older);
        namespace.awaitReadySoon(younger);
    }

    @Test
    void theDeletionOfABucketsRivalHarmsNobody() {
        GenericKubernetesResource bucket = namespace.applyReady(keyValue("sessions", "{}"));
        jetStream.publish("$KV.sessions.anna", 1);
        GenericKubernetesResource loser = namespace.apply(stream("sessions", "name: KV_sessions"));
        namespace.awaitNotReady(loser, "Conflict");

        namespace.delete(loser);

        namespace.awaitGone(loser);
        assertThat(messages("KV_sessions")).isEqualTo(1);
        namespace.awaitReady(bucket);
    }

    @Test
    void aStreamMayBeAdoptedOnceItsOwnerWasMadeAnewWithAnotherStream() {
        String retained = "{name: ORDERS, subjects: [orders.*], deletionPolicy: Retain}";
        GenericKubernetesResource orders = namespace.applyReady(stream("orders", retained));
        jetStream.publish("orders.new", 2);
        namespace.delete(orders);
        namespace.awaitGone(orders);
        namespace.applyReady(stream("orders", "{name: OTHERS, subjects: [others.*]}"));

        namespace.applyReady(stream("heir", retained));

        assertThat(owner("ORDERS")).isEqualTo(ownerNamed("heir"));
        assertThat(messages("ORDERS")).isEqualTo(2);
        GenericKubernetesResource bucket = namespace.applyReady(keyValue("users", "deletionPolicy: Retain"));
        namespace.delete(bucket);
        namespace.awaitGone(bucket);
        namespace.applyReady(keyValue("users", "bucket: accounts"));
        namespace.applyReady(keyValue("heir", "bucket: users"));
        assertThat(owner("KV_users")).isEqualTo(ownerNamed("heir/KeyValue"));
    }

    @Test
    void twoResourcesThatSwapTheirStreamsHaveThemWithAllMessages() {
        String north = "{name: NORTH, subjects: [north.*], deletionPolicy: Retain}";
        String south = "{name: SOUTH, subjects: [south.*], deletionPolicy: Retain}";
        GenericKubernetesResource a = namespace.applyReady(stream("a", north));
        GenericKubernetesResource b = namespace.applyReady(stream("b", south));
        jetStream.publish("north.new", 2);
        installation.operator().terminate();
        namespace.deleteByForce(a);
        namespace.deleteByForce(b);
        a = namespace.apply(stream("a", south));
        b = namespace.apply(stream("b", north));

        installation.operator().start();

        namespace.awaitReadySoon(a);
        namespace.awaitReadySoon(b);
        assertThat(owner("NORTH")).isEqualTo(ownerNamed("b"));
        assertThat(owner("SOUTH")).isEqualTo(ownerNamed("a"));
        assertThat(messages("NORTH")).isEqualTo(2);
    }

    @Test
    void whoWaitsForAConsumerHasItSoonAfterItsOwnerFollowsItsStreamResourceToAnotherStream() {
        GenericKubernetesResource orders =
                namespace.applyReady(stream("orders", "{name: ORDERS, subjects: [orders.*], deletionPolicy: Retain}"));
        GenericKubernetesResource owner =
                namespace.applyReady(consumer("owner", "{streamRef: {name: orders}, durableName: it}"));
        GenericKubernetesResource heir = namespace.apply(consumer("heir", "{streamName: ORDERS, durableName: it}"));
        assertThat(namespace.awaitNotReady(heir, "Conflict")).contains(namespace.name() + "/owner");

        namespace.delete(orders);
        namespace.awaitGone(orders);
        namespace.awaitNotReady(owner, "StreamNotReady");
        namespace.awaitNotReady(heir, "Conflict");
        namespace.apply(stream("orders", "{name: OTHERS, subjects: [others.*]}"));

        namespace.awaitReadySoon(owner);
        namespace.awaitReadySoon(heir);
        assertThat(jetStream.hasConsumer("OTHERS", "it")).isTrue();
        assertThat(jetStream
                        .consumer("ORDERS", "it")
                        .at("/config/metadata")
                        .path("jetwright.io/owner")
                        .asText())
                .isEqualTo(ownerNamed("heir"));
    }

    @Test
    void aStreamIsFreeWhenTheConnectionOfItsOwnerLeadsElsewhereAndNotWhenItLeadsThereInAnotherWay() {
        String here = installation.nats().url();
        namespace.applyReady(connection("owners", servers(here)));
        namespace.applyReady(connection("heirs", servers(here)));
        GenericKubernetesResource owner = namespace.applyReady(
                stream("owner", "{name: ORDERS, subjects: [orders.*], connectionRef: {name: owners}}"));
        jetStream.publish("orders.new", 2);
        namespace.applyReady(connection("owners", servers(here.replace("127.0.0.1", "localhost"))));
        namespace.awaitReady(owner);
        GenericKubernetesResource heir =
                namespace.apply(stream("heir", "{name: ORDERS, subjects: [orders.*], connectionRef: {name: heirs}}"));
        assertThat(namespace.awaitNotReady(heir, "Conflict")).contains("it belongs to " + namespace.name() + "/owner");

        try (var elsewhere = new NatsServer("")) {
            elsewhere.start();
            namespace.apply(connection("owners", servers(elsewhere.url())));

            namespace.awaitReadySoon(heir);
            assertThat(owner("ORDERS")).isEqualTo(ownerNamed("heir"));
            assertThat(messages("ORDERS")).isEqualTo(2);
            eventually(() -> assertThat(elsewhere.jetStream().getStreamNames()).containsExactly("ORDERS"));
            namespace.clear();
        }
    }

    private static String servers(String url) {
        return "{servers: [\"%s\"]}".formatted(url);
    }
}
