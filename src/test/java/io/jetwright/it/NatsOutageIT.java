package io.jetwright.it;

import static io.jetwright.it.harness.Manifests.consumer;
import static io.jetwright.it.harness.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.JetStreamApi;
import io.jetwright.it.harness.NatsServer;
import io.jetwright.it.harness.OperatorProcess;
import io.jetwright.it.harness.TestNamespace;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** NATS goes away, and comes back; the operator stays. */
class NatsOutageIT {
    private static final Duration A_FEW_SECONDS = Duration.ofSeconds(10);

    @RegisterExtension
    static final Installation installation = Installation.withOperator();

    private final TestNamespace namespace = installation.namespace();
    private final NatsServer nats = installation.nats();
    private final OperatorProcess operator = installation.operator();
    private final JetStreamApi jetStream = new JetStreamApi(nats);

    private GenericKubernetesResource ready(String manifest) {
        return namespace.awaitReady(namespace.apply(manifest));
    }

    private String awaitUnreachable(GenericKubernetesResource resource) {
        String message = namespace.awaitNotReady(A_FEW_SECONDS, resource, "Unreachable");
        assertThat(namespace.condition(resource, "Reconciling").getStatus()).isEqualTo("True");
        return message;
    }

    @Test
    void whatIsAppliedBeforeNatsIsThereIsReadySoonAfterItIs() throws Exception {
        operator.terminate();
        nats.stop();
        operator.start();
        GenericKubernetesResource orders = namespace.apply(stream("orders", "subjects: [\"orders.>\"]"));
        GenericKubernetesResource workers = namespace.apply(consumer("workers", "streamRef: {name: orders}"));
        GenericKubernetesResource others = namespace.apply(consumer("others", "streamName: orders"));
        assertThat(awaitUnreachable(orders))
                .contains(nats.url() + " cannot be reached: see whether nats-server runs there");
        assertThat(operator.get("/readyz").statusCode()).isEqualTo(200);

        nats.start();

        namespace.awaitReady(orders);
        namespace.awaitReady(workers);
        namespace.awaitReady(others);
    }

    @Test
    void whileNatsIsAwayEachResourceSaysSoAndKeepsItsLastNumbers() {
        GenericKubernetesResource orders = ready(stream("orders", "subjects: [\"orders.>\"]"));
        GenericKubernetesResource workers = ready(consumer("workers", "streamRef: {name: orders}"));
        jetStream.publish("orders.new", 3);
        touch(orders, stream("orders", "{subjects: [\"orders.>\"], description: counted}"));
        touch(workers, consumer("workers", "{streamRef: {name: orders}, description: counted}"));

        nats.kill();

        assertThat(awaitUnreachable(orders))
                .contains("the connection to " + nats.url() + " is lost")
                .contains("see whether nats-server runs there");
        awaitUnreachable(workers);
        assertThat(namespace.read(orders).<Object>get("status", "messages")).isEqualTo(3);
        assertThat(namespace.read(workers).<Object>get("status", "pending")).isEqualTo(3);
        assertThat(namespace.condition(orders, "Synced").getStatus()).isEqualTo("Unknown");

        nats.start();

        namespace.awaitReady(orders);
        namespace.awaitReady(workers);
        assertThat(jetStream.stream("orders").at("/state/messages").intValue()).isEqualTo(3);
    }

    /** A change has the numbers read again. */
    private void touch(GenericKubernetesResource resource, String manifest) {
        namespace.apply(manifest);
        namespace.awaitReady(resource);
    }

    @Test
    void whatIsAppliedWhileNatsIsAwayIsDoneWhenItIsBack() {
        GenericKubernetesResource orders = ready(stream("orders", "subjects: [\"orders.>\"]"));
        nats.kill();
        namespace.apply(stream("orders", "{subjects: [\"orders.>\"], maxMsgs: 7}"));
        GenericKubernetesResource late = namespace.apply(stream("late", "subjects: [late]"));
        awaitUnreachable(orders);
        awaitUnreachable(late);

        nats.start();

        namespace.awaitReady(orders);
        namespace.awaitReady(late);
        assertThat(jetStream.stream("orders").at("/config/max_msgs").intValue()).isEqualTo(7);
    }

    @Test
    void aDeletionWaitsForNatsSaysSoAndIsFinishedWhenItIsBack() {
        GenericKubernetesResource orders = ready(stream("orders", "subjects: [\"orders.>\"]"));
        nats.kill();

        namespace.delete(orders);

        assertThat(awaitUnreachable(orders))
                .contains("stream orders is to be deleted first")
                .contains("To let go of it as it is, set spec.deletionPolicy: Retain");

        nats.start();

        namespace.awaitGone(orders);
        assertThat(jetStream.hasStream("orders")).isFalse();
    }

    @Test
    void aDeletionThatWaitsForNatsIsReleasedByTheCureThatItNames() {
        GenericKubernetesResource orders = ready(stream("orders", "subjects: [\"orders.>\"]"));
        nats.kill();
        namespace.delete(orders);
        awaitUnreachable(orders);

        namespace.apply(stream("orders", "{subjects: [\"orders.>\"], deletionPolicy: Retain}"));

        namespace.awaitGone(orders);
        nats.start();
        assertThat(jetStream.hasStream("orders")).isTrue();
    }

    @Test
    void aResourceThatNeverReachedJetStreamIsDeletedAtOnce() {
        GenericKubernetesResource orders = ready(stream("orders", "subjects: [\"orders.>\"]"));
        nats.kill();
        awaitUnreachable(orders);
        GenericKubernetesResource late = namespace.apply(stream("late", "subjects: [late]"));
        GenericKubernetesResource workers = namespace.apply(consumer("workers", "streamName: late"));
        awaitUnreachable(late);

        namespace.delete(late);
        namespace.delete(workers);

        namespace.awaitGone(late);
        namespace.awaitGone(workers);
    }

    @Test
    void aNatsThatAnswersNothingIsUnreachableUntilItDoes() {
        operator.terminate();
        operator.set("RESYNC_INTERVAL", "2s");
        operator.start();
        GenericKubernetesResource orders = ready(stream("orders", "subjects: [\"orders.>\"]"));
        nats.freeze();
        try {
            assertThat(awaitUnreachable(orders)).contains(nats.url() + " did not answer");
        } finally {
            nats.thaw();
        }
        namespace.awaitReady(orders);
        operator.terminate();
        operator.set("RESYNC_INTERVAL", "60s");
    }

    @Test
    void aNatsThatTakesConnectionsAndIsSilentIsUnreachableUntilItSpeaks() {
        operator.terminate();
        nats.freeze();
        GenericKubernetesResource orders;
        try {
            operator.start();
            orders = namespace.apply(stream("orders", "subjects: [\"orders.>\"]"));
            assertThat(awaitUnreachable(orders)).contains(nats.url() + " cannot be reached");
        } finally {
            nats.thaw();
        }
        namespace.awaitReady(orders);
        assertThat(operator.log()).allMatch(line -> line.matches("\\d{4}-.*"));
    }
}
