package io.jetwright.operator.asset;

import static io.jetwright.operator.asset.Resources.consumer;
import static io.jetwright.operator.asset.Resources.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.api.Consumer;
import io.jetwright.api.ConsumerSpec;
import io.jetwright.api.ConsumerStatus;
import io.jetwright.api.Stream;
import io.jetwright.api.StreamSpec;
import io.jetwright.api.StreamStatus;
import io.jetwright.plan.AssetName.StreamName;
import io.jetwright.status.Reason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Resources of several connections, and of some that lead nowhere. */
class RoutedLoopTest {
    private static final StreamName ORDERS = new StreamName("ORDERS");

    private final Stage<Stream, StreamSpec, StreamStatus> stage = Stage.ofStreams();
    private final FakeCache<Stream> streams = new FakeCache<>();
    private final Stage<Consumer, ConsumerSpec, ConsumerStatus> consumers = Stage.ofConsumers(streams);

    @BeforeEach
    void connect() {
        for (FakeRoutes routes : java.util.List.of(stage.routes, consumers.routes)) {
            routes.put("shop/a", FakeRoutes.server("a"));
            routes.put("shop/b", FakeRoutes.server("b"));
        }
    }

    private static Stream orders(String name, String connection) {
        return stream(name, "{name: ORDERS, connectionRef: {name: %s}}".formatted(connection));
    }

    @Test
    void whoNamesTheSameStreamElsewhereIsNoRival() {
        stage.cache.put(orders("another", "b"));
        assertThat(stage.reconcile(orders("orders", "a")).reason()).isEqualTo(Reason.IN_SYNC);
    }

    @Test
    void whoNamesTheSameStreamOfTheSameConnectionIs() {
        stage.cache.put(orders("another", "a"));
        assertThat(stage.reconcile(orders("orders", "a")).reason()).isEqualTo(Reason.CONFLICT);
    }

    @Test
    void twoConnectionsToTheSameAreTheSame() {
        stage.routes.put("shop/b", FakeRoutes.server("a"));
        stage.cache.put(orders("another", "b"));
        assertThat(stage.reconcile(orders("orders", "a")).reason()).isEqualTo(Reason.CONFLICT);
    }

    @Test
    void whatCannotBeReachedKeepsItsNumbers() {
        Stream orders = stage.reconciled(orders("orders", "a"));
        stage.routes.close("shop/a", Reason.SECRET_NOT_FOUND, "there is no Secret");
        Outcome outcome = stage.reconcile(orders);
        assertThat(outcome.reason()).isEqualTo(Reason.SECRET_NOT_FOUND);
        assertThat(outcome.message()).isEqualTo("there is no Secret");
        assertThat(orders.getStatus().messages()).isZero();
        assertThat(orders.getStatus().created()).isNotNull();
    }

    @Test
    void anUnknownConnectionIsNamed() {
        assertThat(stage.reconcile(orders("orders", "unknown")).message())
                .isEqualTo("there is no Connection shop/unknown");
    }

    @Test
    void theStreamGoesByTheSettingsThatWereLastKnown() {
        Stream orders = stage.reconciled(orders("orders", "a"));
        stage.routes.close("shop/a", Reason.SECRET_NOT_FOUND, "there is no Secret");
        assertThat(stage.cleanup(orders)).isEmpty();
        assertThat(stage.jetStream.has(ORDERS)).isFalse();
    }

    @Test
    void whatCannotBeDeletedWaitsAndNamesTheWayOut() {
        Stream orders = stage.reconciled(orders("orders", "a"));
        stage.routes.close("shop/a", Reason.SECRET_NOT_FOUND, "there is no Secret");
        stage.routes.forget();
        Outcome obstacle = stage.cleanup(orders).orElseThrow();
        assertThat(obstacle.reason()).isEqualTo(Reason.SECRET_NOT_FOUND);
        assertThat(obstacle.message())
                .contains("there is no Secret")
                .contains("To let go of it as it is, set spec.deletionPolicy: Retain");
        assertThat(stage.cleanup(stage.changed(
                        orders, stream("orders", "{name: ORDERS, connectionRef: {name: a}, deletionPolicy: Retain}"))))
                .isEmpty();
    }

    @Test
    void whatNeverReachedItsConnectionGoesAtOnce() {
        assertThat(stage.cleanup(orders("orders", "unknown"))).isEmpty();
    }

    @Test
    void aConsumerThatNamesAnotherConnectionThanItsStreamIsInvalid() {
        streams.put(orders("orders", "a"));
        Consumer odd = consumer("odd", "{streamRef: {name: orders}, connectionRef: {name: b}}");
        assertThat(consumers.reconcile(odd).reason()).isEqualTo(Reason.INVALID);
    }
}
