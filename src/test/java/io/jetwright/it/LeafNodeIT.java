package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static io.jetwright.it.harness.Manifests.connection;
import static io.jetwright.it.harness.Manifests.consumer;
import static io.jetwright.it.harness.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.jetwright.it.harness.DeadLetters;
import io.jetwright.it.harness.Eventually;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.JetStreamApi;
import io.jetwright.it.harness.NatsServer;
import io.jetwright.it.harness.Ports;
import io.jetwright.it.harness.TestNamespace;
import io.nats.client.api.MessageInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An operator whose connection goes to a leaf node, while the JetStream that it asks for is the hub's. */
class LeafNodeIT {
    @RegisterExtension
    static final Installation installation = Installation.withOperator().environment("RESYNC_INTERVAL", "2s");

    private final TestNamespace namespace = installation.namespace();
    private final int leafPort = Ports.free();
    private final NatsServer hub = NatsServer.ofRelease("nats-server-2.12", """
            jetstream: { domain: hub, store_dir: $store }
            leafnodes: { listen: "127.0.0.1:%d" }
            """.formatted(leafPort));
    private final NatsServer leaf = NatsServer.ofRelease("nats-server-2.10", """
            jetstream: { domain: leaf, store_dir: $store }
            leafnodes: { reconnect: 1, remotes: [{ url: "nats-leaf://127.0.0.1:%d" }] }
            """.formatted(leafPort));

    @AfterEach
    void close() {
        namespace.clear();
        leaf.close();
        hub.close();
    }

    /** A Connection to the leaf node that asks for the hub's JetStream. */
    private GenericKubernetesResource connect() {
        return namespace.apply(connection("hub", "{servers: [\"%s\"], domain: hub}".formatted(leaf.url())));
    }

    private GenericKubernetesResource orders(String spec) {
        return namespace.apply(stream("orders", "{connectionRef: {name: hub}, %s}".formatted(spec)));
    }

    @Test
    void theHubIsUnreachableWhileTheLinkIsDownAndReachedWhenItIsUp() {
        leaf.start();
        GenericKubernetesResource connection = connect();
        GenericKubernetesResource orders = orders("subjects: [\"orders.>\"]");

        assertThat(namespace.awaitNotReady(orders, "Unreachable"))
                .contains("nobody responds to $JS.hub.API.> on " + leaf.url())
                .contains("see whether the leaf node's link to that domain is up");
        namespace.awaitNotReady(connection, "Unreachable");
        assertThat(TestNamespace.conditions(namespace.read(orders)))
                .noneMatch(condition -> condition.getType().equals("Stalled"));

        hub.start();
        namespace.awaitReady(orders);
        namespace.awaitReady(connection);
    }

    /** The servers pass on advisories, of which each names its domain, and acknowledgements, which name none. */
    @Test
    void deadLettersAreThoseOfTheDomainAlone() throws Exception {
        hub.start();
        leaf.start();
        connect();
        installation.newRelay().start();
        namespace.awaitReady(orders("subjects: [\"orders.>\"]"));
        namespace.applyReady(stream("dead", "{connectionRef: {name: hub}, subjects: [\"dead-letters.>\"]}"));
        GenericKubernetesResource worker = namespace.applyReady(consumer(
                "worker", "{streamRef: {name: orders}, maxDeliver: 1, deadLetter: {streamRef: {name: dead}}}"));
        eventually(() -> assertThat(namespace.read(worker).<String>get("status", "deadLetters", "completeSince"))
                .isNotNull());
        var leafsOwn = new JetStreamApi(leaf);
        leafsOwn.createStream("{name: orders, subjects: [leaf.orders]}");
        leafsOwn.createConsumer("orders", "{durable_name: worker, ack_policy: explicit, max_deliver: 1}");

        leafsOwn.publish("leaf.orders", 1);
        new DeadLetters(leaf).exhaust("orders", "worker", 1, 1);
        leafsOwn.pull("orders", "worker", "{\"batch\": 1, \"no_wait\": true}");
        eventually(() -> hub.jetStream()
                .getLastMessage(
                        "JETWRIGHT_DEAD_LETTER_ADVISORIES",
                        "$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.orders.worker"));
        new JetStreamApi(hub).publish("orders.first", 1);
        var letters = new DeadLetters(hub);
        letters.exhaust("orders", "worker", 1, 1);

        letters.await(Eventually.START, "dead", 1);
        eventually(() -> assertThat(letters.waiting()).isZero());
        assertThat(letters.all("dead"))
                .extracting(MessageInfo::getSubject)
                .containsExactly("dead-letters.orders.worker.orders.first");
    }

    /** The leaf node's 2.10 does not know the field; the hub, which has JetStream, does. */
    @Test
    void theHubDecidesWhatIsTooNew() {
        hub.start();
        leaf.start();
        connect();
        namespace.awaitReady(orders("subjects: [\"orders.>\"], allowMsgTtl: true"));

        assertThat(namespace.awaitNotReady(
                        namespace.apply(stream("batched", "{connectionRef: {name: hub}, allowBatchPublish: true}")),
                        "Unsupported"))
                .contains("spec.allowBatchPublish needs nats-server 2.14.0 or newer, and this is 2.12.");
    }
}
