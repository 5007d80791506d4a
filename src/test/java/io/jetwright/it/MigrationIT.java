package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static io.jetwright.it.harness.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.jetwright.api.Asset;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.NatsServer;
import io.jetwright.it.harness.NeedsNats;
import io.jetwright.it.harness.TestNamespace;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is told of a stream while the servers of a cluster move it. Its operator looks again by itself, not at the resync. */
class MigrationIT {
    @RegisterExtension
    static final Installation installation = Installation.withOperator().natsCluster(3);

    private final TestNamespace namespace = installation.namespace();

    /** All that becomes known of the Stream from now on. */
    private Watch watch(GenericKubernetesResource resource, Queue<GenericKubernetesResource> seen) {
        return namespace
                .client()
                .genericKubernetesResources(Asset.GROUP + "/" + Asset.VERSION, resource.getKind())
                .inNamespace(namespace.name())
                .withName(resource.getMetadata().getName())
                .watch(new Watcher<>() {
                    @Override
                    public void eventReceived(Action action, GenericKubernetesResource each) {
                        seen.add(each);
                    }

                    @Override
                    public void onClose(WatcherException cause) {}
                });
    }

    @Test
    @NeedsNats("2.15")
    void aStreamThatGetsMoreReplicasTellsUntilItHasThem() {
        GenericKubernetesResource orders = namespace.applyReady(stream("orders", "{}"));
        String leader = namespace.read(orders).get("status", "leader");
        List<String> servers = installation.natsServers().stream()
                .map(NatsServer::name)
                .sorted()
                .toList();
        assertThat(leader).isIn(servers);
        Queue<GenericKubernetesResource> seen = new ConcurrentLinkedQueue<>();
        Watch watch = watch(orders, seen);

        namespace.apply(stream("orders", "replicas: 3"));

        eventually(() -> {
            GenericKubernetesResource current = namespace.read(orders);
            assertThat(current.<List<Map<String, Object>>>get("status", "replicas"))
                    .hasSize(2)
                    .noneMatch(replica -> replica.containsKey("pending"));
            assertThat(current.<Object>get("status", "migration")).isNull();
        });
        watch.close();

        assertThat(seen)
                .extracting(each -> each.<Map<String, Object>>get("status", "migration"))
                .anySatisfy(migration -> assertThat(migration)
                        .containsEntry("servers", servers)
                        .containsEntry("cluster", "test")
                        .containsKey("since"));
        assertThat(seen).allSatisfy(each -> assertThat(each.<String>get("status", "leader"))
                .isNotNull());
        assertThat(seen)
                .flatExtracting(TestNamespace::conditions)
                .noneMatch(condition -> condition.getReason().equals("NoQuorum"));
        namespace.awaitReady(orders);
    }
}
