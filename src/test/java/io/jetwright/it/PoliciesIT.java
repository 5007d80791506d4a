package io.jetwright.it;

import static io.jetwright.it.Eventually.eventually;
import static io.jetwright.it.Manifests.consumer;
import static io.jetwright.it.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** recreatePolicy, deletionPolicy, managementPolicy and suspend: what they allow, and above all what they do not. */
class PoliciesIT {
    @RegisterExtension
    static final Installation installation = Installation.withOperator().environment("RESYNC_INTERVAL", "1s");

    private final TestNamespace namespace = installation.namespace();
    private final JetStreamApi jetStream = new JetStreamApi(installation.nats());

    private static String orders(String fields) {
        return stream("orders", "{name: ORDERS, subjects: [orders.*], %s}".formatted(fields));
    }

    private String created() {
        return jetStream.stream("ORDERS").get("created").asText();
    }

    private long messages() {
        return jetStream.stream("ORDERS").at("/state/messages").asLong();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "recreatePolicy: Never", "recreatePolicy: IfEmpty"})
    void aStreamThatHoldsMessagesIsNotRecreated(String policy) throws Exception {
        GenericKubernetesResource orders = namespace.applyReady(orders("storage: file, maxMsgs: 10"));
        jetStream.publish("orders.new", 3);
        String before = jetStream.streamConfig("ORDERS");
        String created = created();

        try (var traffic = new ApiTraffic(installation.nats())) {
            namespace.apply(orders("storage: memory, maxMsgs: 20, " + policy));
            assertThat(namespace.awaitNotReady(orders, "Immutable"))
                    .contains("storage: file -> memory; maxMsgs: 10 -> 20")
                    .contains(
                            "Put the old value back, or set recreatePolicy: IfEmpty (it has 3 messages now) or Always");
            traffic.await(2, "STREAM.INFO.ORDERS");
            assertThat(traffic.writes()).isEmpty();
        }

        assertThat(jetStream.streamConfig("ORDERS")).isEqualTo(before);
        assertThat(namespace.read(orders).<List<?>>get("status", "drift"))
                .isEqualTo(List.of(
                        Map.of("field", "storage", "desired", "memory", "actual", "file"),
                        Map.of("field", "maxMsgs", "desired", "20", "actual", "10")));

        namespace.applyReady(orders("storage: file, maxMsgs: 10, " + policy));
        assertThat(created()).isEqualTo(created);
        assertThat(messages()).isEqualTo(3);
        assertThat(namespace.read(orders).<Object>get("status", "drift")).isNull();
    }

    @Test
    void anEmptyStreamIsRecreatedOnlyWhereThatIsAllowed() {
        GenericKubernetesResource orders = namespace.applyReady(orders("storage: file"));
        namespace.awaitNotReady(namespace.apply(orders("storage: memory")), "Immutable");

        namespace.applyReady(orders("storage: memory, recreatePolicy: IfEmpty"));

        assertThat(jetStream.stream("ORDERS").at("/config/storage").asText()).isEqualTo("memory");
        eventually(() -> assertThat(namespace.events(orders)).anySatisfy(event -> {
            assertThat(event.getReason()).isEqualTo("Recreated");
            assertThat(event.getMessage())
                    .isEqualTo("stream ORDERS is deleted, with 0 messages, and created anew: storage: file -> memory");
        }));
    }

    @Test
    void aStreamIsRecreatedOnceItHasBecomeEmpty() {
        GenericKubernetesResource orders = namespace.applyReady(orders("storage: file"));
        jetStream.publish("orders.new", 3);
        namespace.apply(orders("storage: memory, recreatePolicy: IfEmpty"));
        namespace.awaitNotReady(orders, "Immutable");

        jetStream.purge("ORDERS");

        namespace.awaitReady(orders);
        assertThat(jetStream.stream("ORDERS").at("/config/storage").asText()).isEqualTo("memory");
    }

    @Test
    void aStreamWithItsMessagesIsRecreatedWhereThatIsAlwaysAllowedAndItsConsumersComeBack() {
        namespace.applyReady(orders("storage: file"));
        GenericKubernetesResource billing = namespace.applyReady(consumer("billing", "streamRef: {name: orders}"));
        jetStream.publish("orders.new", 3);

        namespace.applyReady(orders("storage: memory, recreatePolicy: Always"));

        assertThat(messages()).isZero();
        eventually(() -> assertThat(jetStream.hasConsumer("ORDERS", "billing")).isTrue());
        namespace.awaitReady(billing);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            retention: limits      | retention: workqueue     | retention: limits -> workqueue
            retention: workqueue   | retention: interest      | retention: workqueue -> interest
            persistMode: default   | persistMode: async       | persistMode: (none) -> async
            allowMsgCounter: false | allowMsgCounter: true    | allowMsgCounter: (none) -> true
            denyDelete: true       | denyDelete: false        | denyDelete: true -> false
            allowMsgTtl: true      | allowMsgTtl: false       | allowMsgTtl: true -> false
            firstSequence: 5       | firstSequence: 6         | firstSequence: 5 -> 6
            """)
    void otherChangesThatTheServerRefusesAreImmutableToo(String before, String after, String difference) {
        namespace.applyReady(orders(before));
        String created = created();

        GenericKubernetesResource orders = namespace.apply(orders(after));
        assertThat(namespace.awaitNotReady(orders, "Immutable")).contains(difference);
        assertThat(created()).isEqualTo(created);

        namespace.applyReady(orders(after + ", recreatePolicy: IfEmpty"));
        assertThat(created()).isNotEqualTo(created);
    }

    @Test
    void anEditedMirrorIsImmutable() {
        namespace.applyReady(orders(""));
        namespace.applyReady(stream("copy", "mirror: {name: ORDERS}"));

        GenericKubernetesResource copy =
                namespace.apply(stream("copy", "mirror: {name: ORDERS, filterSubject: orders.new}"));
        assertThat(namespace.awaitNotReady(copy, "Immutable")).contains("mirror: ");

        namespace.applyReady(
                stream("copy", "{mirror: {name: ORDERS, filterSubject: orders.new}, recreatePolicy: Always}"));
        assertThat(jetStream.stream("copy").at("/config/mirror/filter_subject").asText())
                .isEqualTo("orders.new");
    }

    @Test
    void aRetainedStreamOutlivesItsResource() {
        GenericKubernetesResource orders = namespace.applyReady(orders("deletionPolicy: Retain"));
        jetStream.publish("orders.new", 3);

        namespace.delete(orders);

        namespace.awaitGone(orders);
        assertThat(messages()).isEqualTo(3);
        namespace.applyReady(orders("maxMsgs: 10"));
        assertThat(messages()).as("after its resource came back").isEqualTo(3);
    }

    @Test
    void deletionWaitsUntilTheStreamIsEmptyAndSaysSo() {
        GenericKubernetesResource orders = namespace.applyReady(orders("deletionPolicy: DeleteIfEmpty"));
        jetStream.publish("orders.new", 3);

        namespace.delete(orders);

        assertThat(namespace.awaitNotReady(orders, "WaitingUntilEmpty"))
                .contains("stream ORDERS has 3 messages", "consume or purge them");
        assertThat(namespace.read(orders).<Integer>get("status", "messages")).isEqualTo(3);
        jetStream.purge("ORDERS");
        namespace.awaitGone(orders);
        assertThat(jetStream.hasStream("ORDERS")).isFalse();
    }

    @Test
    void aDeletionThatWaitsFollowsAChangeOfMind() {
        GenericKubernetesResource orders = namespace.applyReady(orders("deletionPolicy: DeleteIfEmpty"));
        jetStream.publish("orders.new", 3);
        namespace.delete(orders);
        namespace.awaitNotReady(orders, "WaitingUntilEmpty");

        namespace.apply(orders("deletionPolicy: Retain"));

        namespace.awaitGone(orders);
        assertThat(messages()).isEqualTo(3);
    }

    @Test
    void deletionOfAConsumerWaitsUntilNothingIsPending() {
        namespace.applyReady(orders(""));
        GenericKubernetesResource billing =
                namespace.applyReady(consumer("billing", "{streamRef: {name: orders}, deletionPolicy: DeleteIfEmpty}"));
        jetStream.publish("orders.new", 3);

        namespace.delete(billing);

        assertThat(namespace.awaitNotReady(billing, "WaitingUntilEmpty"))
                .contains("consumer billing of stream ORDERS has 3 messages pending or unacknowledged");
        jetStream.purge("ORDERS");
        namespace.awaitGone(billing);
        assertThat(jetStream.hasConsumer("ORDERS", "billing")).isFalse();
    }

    @Test
    void anObservedStreamIsNeverWrittenTo() throws Exception {
        try (var traffic = new ApiTraffic(installation.nats())) {
            GenericKubernetesResource orders =
                    namespace.apply(orders("managementPolicy: Observe, maxMsgs: 10, storage: memory"));
            assertThat(namespace.awaitNotReady(orders, "NotFound"))
                    .isEqualTo("stream ORDERS does not exist, and managementPolicy: Observe does not create it");
            traffic.await(2, "STREAM.INFO.ORDERS");
            assertThat(traffic.writes()).isEmpty();

            jetStream.createStream(
                    "{name: ORDERS, subjects: [orders.*], max_msgs: 20, storage: file, max_age: 60000000000}");
            assertThat(namespace.awaitNotReady(orders, "Drifted"))
                    .contains("storage: file -> memory", "maxMsgs: 20 -> 10");
            assertThat(namespace.read(orders).<List<?>>get("status", "drift"))
                    .isEqualTo(List.of(
                            Map.of("field", "storage", "desired", "memory", "actual", "file"),
                            Map.of("field", "maxMsgs", "desired", "10", "actual", "20")));

            namespace.apply(orders("managementPolicy: Observe, maxMsgs: 20"));
            GenericKubernetesResource agreed = namespace.awaitReady(orders);
            assertThat(agreed.<Object>get("status", "drift")).isNull();
            assertThat(namespace.condition(orders, "Ready").getMessage()).contains("observed");

            namespace.delete(orders);
            namespace.awaitGone(orders);
            assertThat(traffic.writes()).containsExactly("STREAM.CREATE.ORDERS");
        }
        assertThat(jetStream.stream("ORDERS").at("/config/metadata").toString()).doesNotContain("jetwright");
    }

    @Test
    void anObservedConsumerIsNeverWrittenTo() throws Exception {
        jetStream.createStream("{name: ORDERS, subjects: [orders.*]}");
        jetStream.createConsumer("ORDERS", "{durable_name: billing, ack_policy: explicit, max_deliver: 3}");
        try (var traffic = new ApiTraffic(installation.nats())) {
            GenericKubernetesResource billing = namespace.apply(
                    consumer("billing", "{streamName: ORDERS, managementPolicy: Observe, maxDeliver: 4}"));
            assertThat(namespace.awaitNotReady(billing, "Drifted")).contains("maxDeliver: 3 -> 4");
            namespace.delete(billing);
            namespace.awaitGone(billing);
            assertThat(traffic.writes()).isEmpty();
        }
        assertThat(jetStream.hasConsumer("ORDERS", "billing")).isTrue();
    }

    @Test
    void aStreamThatIsObservedNoLongerIsAdopted() {
        jetStream.createStream("{name: ORDERS, subjects: [orders.*], max_msgs: 20}");
        namespace.awaitNotReady(namespace.apply(orders("managementPolicy: Observe, maxMsgs: 10")), "Drifted");

        namespace.applyReady(orders("maxMsgs: 10"));

        assertThat(jetStream.stream("ORDERS").at("/config/max_msgs").asInt()).isEqualTo(10);
    }

    @Test
    void aSuspendedStreamIsLeftAlone() throws Exception {
        GenericKubernetesResource orders = namespace.applyReady(orders("maxMsgs: 10"));
        namespace.applyReady(stream("other", "{}"));
        try (var traffic = new ApiTraffic(installation.nats())) {
            namespace.apply(orders("maxMsgs: 20, suspend: true"));
            namespace.awaitNotReady(orders, "Suspended");
            assertThat(namespace.condition(orders, "Ready").getStatus()).isEqualTo("Unknown");
            jetStream.changeStream("ORDERS", config -> config.put("max_msgs", 30));
            traffic.await(3, "STREAM.INFO.other");
            assertThat(traffic.writes()).containsExactly("STREAM.UPDATE.ORDERS");

            namespace.applyReady(orders("maxMsgs: 20"));
            assertThat(jetStream.stream("ORDERS").at("/config/max_msgs").asInt())
                    .isEqualTo(20);
        }

        namespace.apply(orders("maxMsgs: 20, suspend: true"));
        namespace.awaitNotReady(orders, "Suspended");
        namespace.delete(orders);
        namespace.awaitGone(orders);
        assertThat(jetStream.hasStream("ORDERS")).isTrue();
    }
}
