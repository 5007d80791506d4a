package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static io.jetwright.it.harness.Manifests.consumer;
import static io.jetwright.it.harness.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.jetwright.it.harness.ApiTraffic;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.JetStreamApi;
import io.jetwright.it.harness.OperatorProcess;
import io.jetwright.it.harness.StatusEmbargo;
import io.jetwright.it.harness.TestNamespace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An operator that has changed JetStream, and is killed before it can report it, or cannot report it for a while. */
class CrashIT {
    @RegisterExtension
    static final Installation installation = Installation.withoutOperator();

    private final TestNamespace namespace = installation.namespace();
    private final JetStreamApi jetStream = new JetStreamApi(installation.nats());
    private final OperatorProcess operator = installation.newOperator();

    @BeforeEach
    void startOperator() {
        operator.start();
    }

    @Test
    void whatWasCreatedAndNotReportedIsKeptWithItsMessages() throws Exception {
        jetStream.createStream("{name: undeclared}");
        List<GenericKubernetesResource> both = StatusEmbargo.during(namespace, () -> {
            var orders = namespace.apply(stream("orders", "{subjects: [orders.>], maxAge: 1h}"));
            eventually(() -> assertThat(jetStream.hasStream("orders")).isTrue());
            var workers = namespace.apply(consumer("workers", "{streamName: undeclared, maxDeliver: 5}"));
            eventually(() ->
                    assertThat(jetStream.hasConsumer("undeclared", "workers")).isTrue());
            operator.kill();
            return List.of(orders, workers);
        });
        GenericKubernetesResource orders = both.get(0);
        assertThat(namespace.read(orders).<Object>get("status")).isEqualTo(Map.of("observedGeneration", -1));
        jetStream.publish("orders.new", 3);
        String created = jetStream.stream("orders").get("created").asText();

        try (var traffic = new ApiTraffic(installation.nats())) {
            operator.start();
            both.forEach(namespace::awaitReady);

            assertThat(traffic.writes()).containsOnly("STREAM.CREATE.orders", "CONSUMER.CREATE.undeclared.workers");
        }
        assertThat(jetStream.stream("orders").get("created").asText()).isEqualTo(created);
        assertThat(namespace.read(orders).<Integer>get("status", "messages")).isEqualTo(3);
        assertThat(namespace.events(orders)).extracting(Event::getReason).containsOnly("Created");
    }

    @Test
    void whatWasUpdatedAndNotReportedIsNotUpdatedAgain() throws Exception {
        namespace.applyReady(stream("orders", "{subjects: [orders.>], maxAge: 1h}"));
        GenericKubernetesResource orders = StatusEmbargo.during(namespace, () -> {
            var changed = namespace.apply(stream("orders", "{subjects: [orders.>], maxAge: 2h}"));
            eventually(() -> assertThat(
                            jetStream.stream("orders").at("/config/max_age").asLong())
                    .isEqualTo(Duration.ofHours(2).toNanos()));
            operator.kill();
            return changed;
        });

        try (var traffic = new ApiTraffic(installation.nats())) {
            operator.start();
            namespace.awaitReady(orders);

            assertThat(traffic.writes()).isEmpty();
        }
    }

    @Test
    void whatWasDeletedAndNotReleasedIsReleased() {
        GenericKubernetesResource orders = namespace.applyReady(stream("orders", "subjects: [orders.>]"));
        operator.kill();
        namespace.delete(orders);
        jetStream.deleteStream("orders");

        operator.start();

        namespace.awaitGone(orders);
    }

    @Test
    void aStatusThatCannotBeWrittenIsWrittenWhenItCanAndNoOtherResourceSuffers() throws Exception {
        TestNamespace other = installation.kubernetes().namespace("other");
        operator.terminate();
        operator.set("WATCH_NAMESPACES", namespace.name() + "," + other.name());
        operator.start();
        try {
            GenericKubernetesResource orders = StatusEmbargo.during(namespace, () -> {
                var created = namespace.apply(stream("orders", "subjects: [orders.>]"));
                eventually(() -> assertThat(jetStream.hasStream("orders")).isTrue());
                other.applyReady(stream("others", "subjects: [others.>]"));
                return created;
            });

            namespace.awaitReady(orders);
            assertThat(namespace.events(orders)).extracting(Event::getReason).containsOnly("Created");
        } finally {
            other.clear();
        }
    }

    @Test
    void anOperatorThatIsKilledInTheMiddleOfManyFinishesThemWhenItIsBack() {
        List<GenericKubernetesResource> many = IntStream.range(0, 40)
                .mapToObj(i -> namespace.apply(stream("many-" + i, "{subjects: [many." + i + "], storage: memory}")))
                .toList();
        namespace.awaitReady(many.get(0));
        operator.kill();

        operator.start();

        many.forEach(namespace::awaitReady);
    }
}
