package io.jetwright.it;

import static io.jetwright.it.harness.Manifests.connection;
import static io.jetwright.it.harness.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.NatsServer;
import io.jetwright.it.harness.OperatorProcess;
import io.jetwright.it.harness.TestNamespace;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Servers that are away, or never answer, beside one that is well. */
class IsolationIT {
    /** More than work at a time. */
    private static final int MANY = 24;

    private static final Duration A_FEW_SECONDS = Duration.ofSeconds(10);

    @RegisterExtension
    static final Installation installation = Installation.withOperator().environment("RESYNC_INTERVAL", "2s");

    private final TestNamespace namespace = installation.namespace();
    private final NatsServer nats = installation.nats();
    private final OperatorProcess operator = installation.operator();
    private final NatsServer other = new NatsServer("");

    @AfterEach
    void close() {
        namespace.clear();
        other.close();
    }

    private GenericKubernetesResource connect(String name, String url) {
        return namespace.apply(connection(name, "servers: [\"%s\"]".formatted(url)));
    }

    private List<GenericKubernetesResource> applyStreams(String prefix, String connection) {
        List<GenericKubernetesResource> streams = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            streams.add(namespace.apply(stream(
                    prefix + i, "{subjects: [%s%d], connectionRef: {name: %s}}".formatted(prefix, i, connection))));
        }
        return streams;
    }

    @Test
    void aServerThatTakesConnectionsAndNeverAnswersIsToldAndHoldsUpNobody() throws Exception {
        try (var silent = new ServerSocket(0, 512, InetAddress.getLoopbackAddress())) {
            GenericKubernetesResource dead = connect("dead", "nats://127.0.0.1:" + silent.getLocalPort());
            List<GenericKubernetesResource> lost = applyStreams("lost", "dead");
            connect("living", nats.url());
            List<GenericKubernetesResource> kept = applyStreams("kept", "living");

            for (GenericKubernetesResource each : kept) {
                namespace.awaitReady(each);
            }
            assertThat(namespace.awaitNotReady(A_FEW_SECONDS, dead, "Unreachable"))
                    .contains("cannot be reached (no answer in time)");
            for (GenericKubernetesResource each : lost) {
                namespace.awaitNotReady(A_FEW_SECONDS, each, "Unreachable");
            }
        }
    }

    @Test
    void aServerThatFallsSilentIsToldAndHoldsUpNobodyUntilItSpeaks() {
        other.start();
        GenericKubernetesResource dead = connect("dead", other.url());
        List<GenericKubernetesResource> lost = applyStreams("lost", "dead");
        lost.forEach(namespace::awaitReady);
        other.freeze();
        try {
            connect("living", nats.url());
            for (GenericKubernetesResource each : applyStreams("kept", "living")) {
                namespace.awaitReadySoon(each);
            }
            namespace.awaitNotReady(A_FEW_SECONDS, dead, "Unreachable");
            for (GenericKubernetesResource each : lost) {
                namespace.awaitNotReady(A_FEW_SECONDS, each, "Unreachable");
            }
        } finally {
            other.thaw();
        }
        for (GenericKubernetesResource each : lost) {
            namespace.awaitReadySoon(each);
        }
        namespace.awaitReadySoon(dead);
    }

    @Test
    void aNameThatNobodyKnowsIsTold() {
        GenericKubernetesResource dead = connect("dead", "nats://nats.invalid:4222");

        assertThat(namespace.awaitNotReady(A_FEW_SECONDS, dead, "Unreachable"))
                .contains("the name nats.invalid is not known): correct the address");
    }

    @Test
    void aConnectionWhoseServerMovesIsFollowedAndTheOldOneIsLeft() throws Exception {
        other.start();
        GenericKubernetesResource moving = connect("moving", other.url());
        GenericKubernetesResource orders =
                namespace.apply(stream("orders", "{subjects: [orders], connectionRef: {name: moving}}"));
        namespace.awaitReady(orders);
        other.kill();
        namespace.awaitNotReady(A_FEW_SECONDS, orders, "Unreachable");

        connect("moving", nats.url());

        namespace.awaitReadySoon(moving);
        namespace.awaitReadySoon(orders);
        assertThat(nats.jetStream().getStreamNames()).containsExactly("orders");
        other.start();
        assertThat(other.jetStream().getStreamNames()).containsExactly("orders");
        assertThat(namespace.read(moving).<Object>get("status", "server")).isEqualTo(nats.name());
    }

    @Test
    void aRestartWhileManyAreMadeLosesNone() throws Exception {
        int count = 200;
        List<GenericKubernetesResource> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(namespace.apply(stream("many" + i, "{subjects: [many%d], storage: memory}".formatted(i))));
            if (i == count / 2) {
                nats.kill();
            }
        }
        nats.start();

        for (GenericKubernetesResource each : all) {
            namespace.awaitReady(Duration.ofMinutes(1), each);
        }
        assertThat(nats.jetStream().getStreamNames()).hasSize(count);
        assertThat(operator.get("/readyz").statusCode()).isEqualTo(200);
    }
}
