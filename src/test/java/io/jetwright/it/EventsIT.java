package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static io.jetwright.it.harness.Manifests.consumer;
import static io.jetwright.it.harness.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.jetwright.it.harness.ApiTraffic;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.JetStreamApi;
import io.jetwright.it.harness.TestNamespace;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What {@code kubectl describe} tells of a resource's life. */
class EventsIT {
    @RegisterExtension
    static final Installation installation = Installation.withOperator().environment("RESYNC_INTERVAL", "1s");

    private final TestNamespace namespace = installation.namespace();
    private final JetStreamApi jetStream = new JetStreamApi(installation.nats());

    private void awaitEvents(GenericKubernetesResource resource, Tuple... events) {
        eventually(() -> assertThat(namespace.events(resource))
                .extracting(Event::getType, Event::getReason, Event::getMessage, Event::getCount)
                .containsExactlyInAnyOrder(events));
    }

    @Test
    void eventsTellWhatWasDoneToAStream() {
        jetStream.createStream("{name: ORDERS, subjects: [orders.*], max_msgs: 5}");
        GenericKubernetesResource orders =
                namespace.applyReady(stream("orders", "{name: ORDERS, subjects: [orders.*], maxMsgs: 10}"));
        namespace.applyReady(stream("orders", "{name: ORDERS, subjects: [orders.*], maxMsgs: 20, description: more}"));
        jetStream.changeStream("ORDERS", config -> config.put("max_msgs", 7));
        eventually(() -> assertThat(
                        jetStream.stream("ORDERS").at("/config/max_msgs").asInt())
                .isEqualTo(20));
        namespace.applyReady(stream("orders", """
                name: ORDERS
                subjects: [orders.*]
                maxMsgs: 20
                description: more
                storage: memory
                recreatePolicy: IfEmpty
                """));
        jetStream.deleteStream("ORDERS");
        eventually(() -> assertThat(jetStream.hasStream("ORDERS")).isTrue());

        awaitEvents(
                orders,
                tuple("Normal", "Adopted", "stream ORDERS existed and is adopted, with changes: maxMsgs: 5 -> 10", 1),
                tuple(
                        "Normal",
                        "Updated",
                        "stream ORDERS is updated: description: (none) -> more; maxMsgs: 10 -> 20",
                        1),
                tuple(
                        "Normal",
                        "DriftRepaired",
                        "stream ORDERS had been changed, and is repaired: maxMsgs: 7 -> 20",
                        1),
                tuple(
                        "Normal",
                        "Recreated",
                        "stream ORDERS is deleted, with 0 messages, and created anew: storage: file -> memory",
                        1),
                tuple("Normal", "DriftRepaired", "stream ORDERS was gone, and is created again", 1));
    }

    @Test
    void eventsTellWhatWasDoneToAConsumer() {
        namespace.applyReady(stream("orders", "{}"));
        GenericKubernetesResource billing =
                namespace.applyReady(consumer("billing", "{streamRef: {name: orders}, maxDeliver: 3}"));
        namespace.applyReady(consumer("billing", "{streamRef: {name: orders}, maxDeliver: 4}"));
        namespace.awaitNotReady(
                namespace.apply(consumer("billing", "{streamRef: {name: orders}, maxDeliver: 4, ackPolicy: none}")),
                "Immutable");

        eventually(() -> assertThat(namespace.events(billing))
                .extracting(Event::getType, Event::getReason)
                .containsExactlyInAnyOrder(
                        tuple("Normal", "Created"), tuple("Normal", "Updated"), tuple("Warning", "Immutable")));
        assertThat(namespace.events(billing)).allSatisfy(event -> {
            assertThat(event.getInvolvedObject().getApiVersion()).isEqualTo("jetwright.io/v1beta1");
            assertThat(event.getInvolvedObject().getKind()).isEqualTo("Consumer");
            assertThat(event.getInvolvedObject().getNamespace()).isEqualTo(namespace.name());
            assertThat(event.getSource().getComponent()).isEqualTo("jetwright");
            assertThat(event.getFirstTimestamp()).isNotNull();
        });
    }

    @Test
    void whatHappensAgainIsCounted() {
        GenericKubernetesResource orders = namespace.applyReady(stream("orders", "maxMsgs: 10"));
        for (int i = 0; i < 3; i++) {
            jetStream.changeStream("orders", config -> config.put("max_msgs", 7));
            eventually(() -> assertThat(
                            jetStream.stream("orders").at("/config/max_msgs").asInt())
                    .isEqualTo(10));
        }

        awaitEvents(
                orders,
                tuple("Normal", "Created", "stream orders is created", 1),
                tuple(
                        "Normal",
                        "DriftRepaired",
                        "stream orders had been changed, and is repaired: maxMsgs: 7 -> 10",
                        3));
    }

    @Test
    void aRefusalIsToldOnceHoweverOftenItIsTried() throws Exception {
        GenericKubernetesResource orders = namespace.apply(stream("orders", "replicas: 3"));
        String message = namespace.awaitNotReady(orders, "Rejected");
        try (var traffic = new ApiTraffic(installation.nats())) {
            traffic.await(3, "STREAM.CREATE.orders");
        }
        awaitEvents(orders, tuple("Warning", "Rejected", message, 1));

        namespace.applyReady(stream("orders", "replicas: 1"));
        namespace.awaitNotReady(namespace.apply(stream("orders", "replicas: 3")), "Rejected");

        awaitEvents(
                orders,
                tuple("Warning", "Rejected", message, 2),
                tuple("Normal", "Created", "stream orders is created", 1));
    }
}
