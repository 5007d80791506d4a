package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static io.jetwright.it.harness.Manifests.consumer;
import static io.jetwright.it.harness.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.jetwright.it.harness.Declared;
import io.jetwright.it.harness.Eventually;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.JetStreamApi;
import io.jetwright.it.harness.TestNamespace;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What others do to JetStream is repaired at once, long before the resync; {@link ResyncIT} has what only that finds. */
class DriftIT {
    @RegisterExtension
    static final Installation installation = Installation.withOperator().environment("RESYNC_INTERVAL", "1h");

    private final TestNamespace namespace = installation.namespace();
    private final JetStreamApi jetStream = new JetStreamApi(installation.nats());

    private GenericKubernetesResource orders = new GenericKubernetesResource();
    private GenericKubernetesResource billing = new GenericKubernetesResource();
    private GenericKubernetesResource shipping = new GenericKubernetesResource();
    private String ordersConfig = "";
    private String billingConfig = "";

    @BeforeEach
    void agree() {
        orders = namespace.applyReady(
                stream("orders", "{name: ORDERS, subjects: [orders.*], maxAge: 7d, storage: memory}"));
        billing = namespace.applyReady(consumer("billing", "{streamRef: {name: orders}, maxDeliver: 5}"));
        shipping = namespace.applyReady(consumer("shipping", "{streamName: ORDERS, deliverSubject: deliver.shipping}"));
        ordersConfig = jetStream.streamConfig("ORDERS");
        billingConfig = jetStream.consumerConfig("ORDERS", "billing");
    }

    private void soon(ThrowingRunnable assertion) {
        eventually(Eventually.SOON, assertion);
    }

    private void awaitRepair() {
        soon(() -> {
            assertThat(jetStream.streamConfig("ORDERS")).isEqualTo(ordersConfig);
            assertThat(jetStream.consumerConfig("ORDERS", "billing")).isEqualTo(billingConfig);
            assertThat(jetStream.hasConsumer("ORDERS", "shipping")).isTrue();
        });
        namespace.awaitReady(orders);
        namespace.awaitReady(billing);
        namespace.awaitReady(shipping);
    }

    @Test
    void aStreamThatWasDeletedComesBackAndItsConsumersAfterIt() {
        jetStream.deleteStream("ORDERS");

        awaitRepair();
        soon(() -> assertRepaired(orders, "stream ORDERS was gone, and is created again"));
    }

    @Test
    void aStreamThatIsDeletedTimeAndAgainComesBackEachTime() {
        for (int i = 0; i < 5; i++) {
            jetStream.deleteStream("ORDERS");
            awaitRepair();
        }
    }

    @Test
    void aStreamThatWasChangedIsRepaired() {
        jetStream.changeStream("ORDERS", config -> {
            config.put("max_age", 3_600_000_000_000L);
            config.withArray("/subjects").add("bills.*");
        });

        awaitRepair();
        soon(
                () -> assertRepaired(
                        orders,
                        "stream ORDERS had been changed, and is repaired: subjects: [\"orders.*\",\"bills.*\"] -> [\"orders.*\"]; maxAge: 1h -> 7d"));
    }

    @Test
    void aStreamThatWasReplacedByAnotherOfItsNameIsAdoptedAndMadeToAgree() {
        jetStream.deleteStream("ORDERS");
        awaitRepair();
        jetStream.changeStream("ORDERS", config -> config.remove("metadata"));

        soon(() -> assertThat(jetStream.stream("ORDERS")
                        .at("/config/metadata")
                        .path("jetwright.io/owner")
                        .asText())
                .endsWith("/orders"));
        awaitRepair();
    }

    @Test
    void consumersThatWereDeletedComeBack() {
        jetStream.deleteConsumer("ORDERS", "billing");
        jetStream.deleteConsumer("ORDERS", "shipping");

        awaitRepair();
        soon(() -> assertRepaired(billing, "consumer billing of stream ORDERS was gone, and is created again"));
    }

    @Test
    void whatWasKeptInMemoryComesBackAfterNatsWasRestarted() {
        installation.nats().stop();
        installation.nats().start();

        awaitRepair();
        soon(() -> assertRepaired(orders, "stream ORDERS was gone, and is created again"));
    }

    /** Nobody but the bucket's resource names the settings that every bucket has. */
    @ParameterizedTest
    @EnumSource(names = {"KEY_VALUE", "OBJECT_STORE"})
    void aBucketThatWasChangedIsRepaired(Declared kind) {
        GenericKubernetesResource bucket = namespace.applyReady(kind.manifest("bucket", "ttl: 1d"));
        String before = jetStream.streamConfig(kind.stream());

        jetStream.changeStream(kind.stream(), config -> config.put("max_age", 3_600_000_000_000L)
                .put("discard", "old")
                .put("allow_direct", false)
                .put("allow_rollup_hdrs", false));

        soon(() -> assertThat(jetStream.streamConfig(kind.stream())).isEqualTo(before));
        namespace.awaitReady(bucket);
        soon(() -> assertRepaired(
                bucket,
                "stream %s had been changed, and is repaired: ttl: 1h -> 1d; discard: old -> new; allowRollup: false -> true; allowDirect: false -> true"
                        .formatted(kind.stream())));
    }

    private void assertRepaired(GenericKubernetesResource resource, String message) {
        assertThat(namespace.events(resource)).anySatisfy(event -> {
            assertThat(event.getReason()).isEqualTo("DriftRepaired");
            assertThat(event.getMessage()).isEqualTo(message);
        });
    }
}
