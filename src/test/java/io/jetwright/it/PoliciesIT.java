package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static io.jetwright.it.harness.Manifests.consumer;
import static io.jetwright.it.harness.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.jetwright.it.harness.ApiTraffic;
import io.jetwright.it.harness.Declared;
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
import org.junit.jupiter.params.provider.EnumSource;

/** recreatePolicy, deletionPolicy, managementPolicy and suspend: what they allow, and above all what they do not. */
class PoliciesIT {
    @RegisterExtension
    static final Installation installation = Installation.withOperator().environment("RESYNC_INTERVAL", "1s");

    private final TestNamespace namespace = installation.namespace();
    private final JetStreamApi jetStream = new JetStreamApi(installation.nats());

    private static String orders(String fields) {
        return stream("orders", "{name: ORDERS, subjects: [orders.*], %s}".formatted(fields));
    }

    private static String orders(Declared kind, String fields) {
        return kind.manifest("orders", fields);
    }

    private String created() {
        return created("ORDERS");
    }

    private String created(String stream) {
        return jetStream.stream(stream).get("created").asText();
    }

    private long messages(Declared kind) {
        return jetStream.stream(kind.stream()).at("/state/messages").asLong();
    }

    private String storage(Declared kind) {
        return jetStream.stream(kind.stream()).at("/config/storage").asText();
    }

    @ParameterizedTest
    @CsvSource({
        "STREAM, ''", "STREAM, recreatePolicy: Never", "STREAM, recreatePolicy: IfEmpty",
        "KEY_VALUE, ''", "KEY_VALUE, recreatePolicy: IfEmpty", "OBJECT_STORE, recreatePolicy: IfEmpty"
    })
    void aStreamThatHoldsMessagesIsNotRecreated(Declared kind, String policy) throws Exception {
        GenericKubernetesResource orders = namespace.applyReady(orders(kind, "storage: file, maxBytes: 10000"));
        jetStream.publish(kind.subject(), 3);
        String before = jetStream.streamConfig(kind.stream());
        String created = created(kind.stream());

        try (var traffic = new ApiTraffic(installation.nats())) {
            namespace.apply(orders(kind, "storage: memory, maxBytes: 20000, " + policy));
            assertThat(namespace.awaitNotReady(orders, "Immutable"))
                    .contains("storage: file -> memory; maxBytes: 10000 -> 20000")
                    .contains(
                            "Put the old value back, or set recreatePolicy: IfEmpty (it has 3 messages now) or Always");
            traffic.await(2, "STREAM.INFO." + kind.stream());
            assertThat(traffic.writes()).isEmpty();
        }

        assertThat(jetStream.streamConfig(kind.stream())).isEqualTo(before);
        assertThat(namespace.read(orders).<List<?>>get("status", "drift"))
                .isEqualTo(List.of(
                        Map.of("field", "storage", "desired", "memory", "actual", "file"),
                        Map.of("field", "maxBytes", "desired", "20000", "actual", "10000")));

        namespace.applyReady(orders(kind, "storage: file, maxBytes: 10000, " + policy));
        assertThat(created(kind.stream())).isEqualTo(created);
        assertThat(messages(kind)).isEqualTo(3);
        assertThat(namespace.read(orders).<Object>get("status", "drift")).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyStreamIsRecreatedOnlyWhereThatIsAllowed(Declared kind) {
        GenericKubernetesResource orders = namespace.applyReady(orders(kind, "storage: file"));
        namespace.awaitNotReady(namespace.apply(orders(kind, "storage: memory")), "Immutable");

        namespace.applyReady(orders(kind, "storage: memory, recreatePolicy: IfEmpty"));

        assertThat(storage(kind)).isEqualTo("memory");
        eventually(() -> assertThat(namespace.events(orders)).anySatisfy(event -> {
            assertThat(event.getReason()).isEqualTo("Recreated");
            assertThat(event.getMessage())
                    .isEqualTo("stream " + kind.stream()
                            + " is deleted, with 0 messages, and created anew: storage: file -> memory");
        }));
    }

    @ParameterizedTest
    @EnumSource
    void aStreamIsRecreatedOnceItHasBecomeEmpty(Declared kind) {
        GenericKubernetesResource orders = namespace.applyReady(orders(kind, "storage: file"));
        jetStream.publish(kind.subject(), 3);
        namespace.apply(orders(kind, "storage: memory, recreatePolicy: IfEmpty"));
        namespace.awaitNotReady(orders, "Immutable");

        jetStream.purge(kind.stream());

        namespace.awaitReady(orders);
        assertThat(storage(kind)).isEqualTo("memory");
    }

    @ParameterizedTest
    @EnumSource
    void aStreamWithItsMessagesIsRecreatedWhereThatIsAlwaysAllowedAndItsConsumersComeBack(Declared kind) {
        namespace.applyReady(orders(kind, "storage: file"));
        GenericKubernetesResource billing = namespace.applyReady(consumer("billing", "streamName: " + kind.stream()));
        jetStream.publish(kind.subject(), 3);

        namespace.applyReady(orders(kind, "storage: memory, recreatePolicy: Always"));

        assertThat(messages(kind)).isZero();
        eventually(() ->
                assertThat(jetStream.hasConsumer(kind.stream(), "billing")).isTrue());
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
    @NeedsNats("2.12")
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

    @ParameterizedTest
    @EnumSource
    void aRetainedStreamOutlivesItsResource(Declared kind) {
        GenericKubernetesResource orders = namespace.applyReady(orders(kind, "deletionPolicy: Retain"));
        jetStream.publish(kind.subject(), 3);

        namespace.delete(orders);

        namespace.awaitGone(orders);
        assertThat(messages(kind)).isEqualTo(3);
        namespace.applyReady(orders(kind, "maxBytes: 10000"));
        assertThat(messages(kind)).as("after its resource came back").isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void deletionWaitsUntilTheStreamIsEmptyAndSaysSo(Declared kind) {
        GenericKubernetesResource orders = namespace.applyReady(orders(kind, "deletionPolicy: DeleteIfEmpty"));
        jetStream.publish(kind.subject(), 3);

        namespace.delete(orders);

        assertThat(namespace.awaitNotReady(orders, "WaitingUntilEmpty"))
                .contains("stream " + kind.stream() + " has 3 messages", "consume or purge them");
        assertThat(namespace.read(orders).<Integer>get("status", "bytes")).isPositive();
        jetStream.purge(kind.stream());
        namespace.awaitGone(orders);
        assertThat(jetStream.hasStream(kind.stream())).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void aDeletionThatWaitsFollowsAChangeOfMind(Declared kind) {
        GenericKubernetesResource orders = namespace.applyReady(orders(kind, "deletionPolicy: DeleteIfEmpty"));
        jetStream.publish(kind.subject(), 3);
        namespace.delete(orders);
        namespace.awaitNotReady(orders, "WaitingUntilEmpty");

        namespace.apply(orders(kind, "deletionPolicy: Retain"));

        namespace.awaitGone(orders);
        assertThat(messages(kind)).isEqualTo(3);
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

    @ParameterizedTest
    @EnumSource
    void anObservedStreamIsNeverWrittenTo(Declared kind) throws Exception {
        try (var traffic = new ApiTraffic(installation.nats())) {
            GenericKubernetesResource orders =
                    namespace.apply(orders(kind, "managementPolicy: Observe, maxBytes: 10000, storage: memory"));
            assertThat(namespace.awaitNotReady(orders, "NotFound"))
                    .isEqualTo("stream " + kind.stream()
                            + " does not exist, and managementPolicy: Observe does not create it");
            traffic.await(2, "STREAM.INFO." + kind.stream());
            assertThat(traffic.writes()).isEmpty();

            jetStream.createStream(kind.configuration("max_bytes: 20000, storage: file, description: by hand"));
            assertThat(namespace.awaitNotReady(orders, "Drifted"))
                    .contains("storage: file -> memory", "maxBytes: 20000 -> 10000");
            assertThat(namespace.read(orders).<List<?>>get("status", "drift"))
                    .isEqualTo(List.of(
                            Map.of("field", "storage", "desired", "memory", "actual", "file"),
                            Map.of("field", "maxBytes", "desired", "10000", "actual", "20000")));

            namespace.apply(orders(kind, "managementPolicy: Observe, maxBytes: 20000"));
            GenericKubernetesResource agreed = namespace.awaitReady(orders);
            assertThat(agreed.<Object>get("status", "drift")).isNull();
            assertThat(namespace.condition(orders, "Ready").getMessage()).contains("observed");

            namespace.delete(orders);
            namespace.awaitGone(orders);
            assertThat(traffic.writes()).containsExactly("STREAM.CREATE." + kind.stream());
        }
        assertThat(jetStream.stream(kind.stream()).at("/config/metadata").toString())
                .doesNotContain("jetwright");
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

    @ParameterizedTest
    @EnumSource
    void aStreamThatIsObservedNoLongerIsAdopted(Declared kind) {
        jetStream.createStream(kind.configuration("max_bytes: 20000"));
        namespace.awaitNotReady(namespace.apply(orders(kind, "managementPolicy: Observe, maxBytes: 10000")), "Drifted");

        namespace.applyReady(orders(kind, "maxBytes: 10000"));

        assertThat(jetStream.stream(kind.stream()).at("/config/max_bytes").asInt())
                .isEqualTo(10000);
    }

    @ParameterizedTest
    @EnumSource
    void aSuspendedStreamIsLeftAlone(Declared kind) throws Exception {
        GenericKubernetesResource orders = namespace.applyReady(orders(kind, "maxBytes: 10000"));
        namespace.applyReady(stream("other", "{}"));
        try (var traffic = new ApiTraffic(installation.nats())) {
            namespace.apply(orders(kind, "maxBytes: 20000, suspend: true"));
            namespace.awaitNotReady(orders, "Suspended");
            assertThat(namespace.condition(orders, "Ready").getStatus()).isEqualTo("Unknown");
            jetStream.changeStream(kind.stream(), config -> config.put("max_bytes", 30000));
            traffic.await(3, "STREAM.INFO.other");
            assertThat(traffic.writes()).containsExactly("STREAM.UPDATE." + kind.stream());

            namespace.applyReady(orders(kind, "maxBytes: 20000"));
            assertThat(jetStream.stream(kind.stream()).at("/config/max_bytes").asInt())
                    .isEqualTo(20000);
        }

        namespace.apply(orders(kind, "maxBytes: 20000, suspend: true"));
        namespace.awaitNotReady(orders, "Suspended");
        namespace.delete(orders);
        namespace.awaitGone(orders);
        assertThat(jetStream.hasStream(kind.stream())).isTrue();
    }
}
