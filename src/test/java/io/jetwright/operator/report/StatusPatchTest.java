package io.jetwright.operator.report;

import static io.jetwright.operator.asset.Resources.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jetwright.api.Stream;
import io.jetwright.api.StreamStatus;
import io.jetwright.operator.connection.FakeApiServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatusPatchTest {
    private final FakeApiServer kubernetes = new FakeApiServer();
    private final FakeController<Stream> controller;

    StatusPatchTest() {
        kubernetes.put(stream("orders", "{name: ORDERS}"));
        controller = FakeController.ofStreams(kubernetes);
    }

    @AfterEach
    void close() {
        controller.close();
        kubernetes.close();
    }

    /** A Stream of this name with no more than a status. */
    private static Stream reported(String name) {
        var fresh = new Stream();
        fresh.setMetadata(
                new ObjectMetaBuilder().withNamespace("shop").withName(name).build());
        fresh.setStatus(Serialization.unmarshal("{\"stream\": \"ORDERS\", \"messages\": 3}", StreamStatus.class));
        return fresh;
    }

    private void patch(Stream known, Stream fresh) {
        StatusPatch.apply(known, fresh, controller.context(known));
    }

    @Test
    void theStatusIsAppliedAsOurs() {
        Stream known = controller.next(stream("orders", "{}")).orElseThrow();
        patch(known, reported("orders"));
        assertThat(kubernetes.writes())
                .containsExactly(
                        "PATCH /apis/jetwright.io/v1beta1/namespaces/shop/streams/orders/status?fieldManager=jetwright&force=true");
    }

    @Test
    void theNextReconciliationStartsFromItBeforeTheWatchTells() {
        kubernetes.holdWatches();
        Stream known = controller.next(stream("orders", "{}")).orElseThrow();
        patch(known, reported("orders"));
        Stream next = controller.next(known).orElseThrow();
        assertThat(next.getStatus()).isEqualTo(reported("orders").getStatus());
        assertThat(next.getSpec()).isEqualTo(known.getSpec());
    }

    @Test
    void aResourceThatIsGoneNeedsNoStatus() {
        Stream gone = stream("gone", "{}");
        patch(gone, reported("gone"));
        assertThat(controller.next(gone)).isEmpty();
    }

    @Test
    void aStatusThatTheApiServerRefusesIsAFailure() {
        kubernetes.forbid("streams");
        Stream orders = stream("orders", "{}");
        assertThatExceptionOfType(KubernetesClientException.class)
                .isThrownBy(() -> patch(orders, reported("orders")))
                .satisfies(refusal -> assertThat(refusal.getCode()).isEqualTo(403));
    }
}
