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
import io.jetwright.operator.connection.Route;
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
    void aConsumerFollowsItsStream() {
        streams.put(orders("orders", "a"));
        Consumer billing = consumers.cache.put(consumer("billing", "{streamRef: {name: orders}}"));
        assertThat(consumers.kind.naming().route(billing)).isEqualTo(new Route.Open(FakeRoutes.server("a")));
        assertThat(consumers.kind.index().using("shop/a")).containsExactly(billing);
        assertThat(consumers.kind.index().using("")).isEmpty();
    }

    @Test
    void aConsumerMayNotNameAnotherConnectionThanItsStream() {
        streams.put(orders("orders", "a"));
        Consumer odd = consumer("odd", "{streamRef: {name: orders}, connectionRef: {name: b}}");
        assertThat(consumers.reconcile(odd).reason()).isEqualTo(Reason.INVALID);
        Consumer same = consumer("same", "{streamRef: {name: orders}, connectionRef: {name: a}}");
        assertThat(consumers.kind.naming().route(same)).isEqualTo(new Route.Open(FakeRoutes.server("a")));
    }

    @Test
    void aConsumerOfAStreamByNameUsesItsOwnConnection() {
        Consumer billing = consumers.cache.put(consumer("billing", "{streamName: ORDERS, connectionRef: {name: b}}"));
        Consumer local = consumers.cache.put(consumer("local", "{streamName: ORDERS}"));
        assertThat(consumers.kind.index().using("shop/b")).containsExactly(billing);
        assertThat(consumers.kind.index().using("")).containsExactly(local);
    }

    @Test
    void whoUsesAConnectionIsFoundByIt() {
        Stream a = stage.cache.put(orders("orders", "a"));
        Stream other = stage.cache.put(stream("other", "{}"));
        assertThat(stage.kind.index().using("shop/a")).containsExactly(a);
        assertThat(stage.kind.index().using("")).containsExactly(other);
        assertThat(stage.kind.naming().isOn(a, FakeRoutes.server("a"))).isTrue();
        assertThat(stage.kind.naming().isOn(a, FakeRoutes.server("b"))).isFalse();
    }
}
