package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static io.jetwright.it.harness.Manifests.connection;
import static io.jetwright.it.harness.Manifests.consumer;
import static io.jetwright.it.harness.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.JetStreamApi;
import io.jetwright.it.harness.NatsServer;
import io.jetwright.it.harness.TestNamespace;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Streams that JetStream knows of, and that no server runs. */
class OfflineIT {
    @RegisterExtension
    static final Installation installation =
            Installation.withOperator().natsCluster(3).environment("RESYNC_INTERVAL", "2s");

    private final TestNamespace namespace = installation.namespace();
    private final NatsServer nats = NatsServer.ofRelease("nats-server", "");

    @AfterEach
    void close() {
        namespace.clear();
        nats.close();
    }

    private void restart(String release) {
        nats.stop();
        nats.release(release);
        nats.start();
    }

    /** The spec names nothing that the older server lacks, so it is JetStream itself which says so. */
    @Test
    void aStreamThatTakesANewerServerIsOfflineUntilItHasOne() {
        nats.start();
        namespace.applyReady(connection("own", "servers: [\"%s\"]".formatted(nats.url())));
        new JetStreamApi(nats).createStream("{name: orders, subjects: [orders], allow_batched: true}");
        GenericKubernetesResource orders =
                namespace.applyReady(stream("orders", "{connectionRef: {name: own}, managementPolicy: Observe}"));
        GenericKubernetesResource workers = namespace.applyReady(consumer("workers", "streamRef: {name: orders}"));
        String created = orders.get("status", "created");

        restart("nats-server-2.12");

        assertThat(namespace.awaitNotReady(orders, "Offline"))
                .contains("stream is offline: unsupported")
                .contains("Upgrade nats-server");
        assertThat(namespace.condition(orders, "Stalled").getStatus()).isEqualTo("True");
        namespace.awaitNotReady(workers, "Offline");

        restart("nats-server");

        namespace.awaitReadySoon(orders);
        namespace.awaitReadySoon(workers);
        assertThat(namespace.read(orders).<String>get("status", "created")).isEqualTo(created);
    }

    @Test
    void aStreamWhoseOnlyServerIsAwayIsUnreachableUntilItIsBack() {
        String servers =
                installation.natsServers().stream().map(NatsServer::url).collect(Collectors.joining("\", \""));
        namespace.applyReady(connection("cluster", "servers: [\"%s\"]".formatted(servers)));
        GenericKubernetesResource orders = namespace.applyReady(stream("orders", "connectionRef: {name: cluster}"));
        eventually(() -> assertThat(namespace.read(orders).<String>get("status", "leader"))
                .isNotNull());
        NatsServer leader = installation.natsServers().stream()
                .filter(server -> server.name().equals(namespace.read(orders).get("status", "leader")))
                .findFirst()
                .orElseThrow();

        leader.stop();

        eventually(() ->
                assertThat(namespace.condition(orders, "Ready").getMessage()).contains("stream is offline (10118)"));
        namespace.awaitNotReady(orders, "Unreachable");
        assertThat(TestNamespace.conditions(namespace.read(orders)))
                .noneMatch(condition -> condition.getType().equals("Stalled"));

        leader.start();

        namespace.awaitReady(orders);
    }
}
