package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.NatsServer;
import io.nats.client.api.ServerInfo;
import io.nats.client.api.StreamConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The NATS that tests get as they ask for it, without a Kubernetes. */
class NatsServersIT {
    @RegisterExtension
    static final Installation single = Installation.withoutKubernetes().natsConfiguration("max_payload: 2048");

    @RegisterExtension
    static final Installation cluster = Installation.withoutKubernetes().natsCluster(3);

    @Test
    void aSingleServerIsConfiguredAsAsked() {
        ServerInfo server = single.nats().connection().getServerInfo();

        assertThat(server.getMaxPayload()).isEqualTo(2048);
        assertThat(server.isJetStreamAvailable()).isTrue();
    }

    @Test
    void aStreamOfAClusterOutlivesAServer() {
        var orders = StreamConfiguration.builder().name("orders").replicas(3).build();
        eventually(() -> cluster.nats().jetStream().addStream(orders));

        cluster.natsServers().get(2).kill();

        eventually(() -> cluster.nats().connection().jetStream().publish("orders", new byte[0]));
    }

    @Test
    void theNextTestFindsAClusterThatIsWholeAndEmpty() {
        assertThat(cluster.natsServers()).hasSize(3).allMatch(NatsServer::isRunning);
        eventually(() -> assertThat(cluster.nats().jetStream().getStreamNames()).isEmpty());
    }
}
