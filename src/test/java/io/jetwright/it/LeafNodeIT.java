package io.jetwright.it;

import static io.jetwright.it.harness.Manifests.connection;
import static io.jetwright.it.harness.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.NatsServer;
import io.jetwright.it.harness.Ports;
import io.jetwright.it.harness.TestNamespace;
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
