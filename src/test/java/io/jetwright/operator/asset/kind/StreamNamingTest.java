package io.jetwright.operator.asset.kind;

import static io.jetwright.operator.asset.Resources.keyValue;
import static io.jetwright.operator.asset.Resources.objectStore;
import static io.jetwright.operator.asset.Resources.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.api.Stream;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.operator.asset.FakeCache;
import io.jetwright.operator.asset.FakeRoutes;
import io.jetwright.operator.asset.Resources;
import io.jetwright.operator.connection.Route;
import io.jetwright.plan.AssetName.StreamName;
import io.jetwright.status.Reason;
import org.junit.jupiter.api.Test;

class StreamNamingTest {
    private static final ConnectionSettings A = FakeRoutes.server("a");
    private static final ConnectionSettings B = FakeRoutes.server("b");
    private static final StreamName ORDERS = new StreamName("ORDERS");

    private final FakeRoutes routes = new FakeRoutes();
    private final Naming<Stream> naming = new StreamNaming<>(routes, StreamKind::name);
    private final Stream orders = stream("orders", "{name: ORDERS, connectionRef: {name: a}}");

    StreamNamingTest() {
        routes.put("shop/a", A);
    }

    @Test
    void aStreamUsesTheConnectionThatItNamesElseTheDefault() {
        assertThat(naming.route(orders)).isEqualTo(new Route.Open(A));
        assertThat(naming.route(stream("local", "{}"))).isEqualTo(new Route.Open(Resources.CONNECTION));
    }

    @Test
    void aStreamIsOnTheConnectionThatItUsesNowOnly() {
        assertThat(naming.isOn(orders, A)).isTrue();
        assertThat(naming.isOn(orders, B)).isFalse();
        routes.close("shop/a", Reason.SECRET_NOT_FOUND, "there is no Secret");
        assertThat(naming.isOn(orders, A)).isFalse();
    }

    @Test
    void aStreamResourceNamesItsStreamOnItsConnection() {
        assertThat(naming.resolve(orders)).isEqualTo(new Target.Resolved(A, ORDERS));
    }

    @Test
    void aBucketNamesTheStreamThatHoldsIt() {
        assertThat(KeyValueKind.of(routes, new FakeCache<>()).naming().resolve(keyValue("sessions", "{}")))
                .isEqualTo(new Target.Resolved(Resources.CONNECTION, new StreamName("KV_sessions")));
        assertThat(ObjectStoreKind.of(routes, new FakeCache<>())
                        .naming()
                        .resolve(objectStore("photos", "{bucket: FILES}")))
                .isEqualTo(new Target.Resolved(Resources.CONNECTION, new StreamName("OBJ_FILES")));
    }

    @Test
    void aStreamIsPendingOrMissingWhileItsConnectionIs() {
        routes.pending("shop/a");
        assertThat(naming.resolve(orders)).isEqualTo(new Target.Pending());
        routes.close("shop/a", Reason.FORBIDDEN, "the operator may not");
        assertThat(naming.resolve(orders)).isEqualTo(new Target.Missing(Reason.FORBIDDEN, "the operator may not"));
    }

    @Test
    void aStreamIsLastKnownWhereItsConnectionLastLedTo() {
        routes.close("shop/a", Reason.SECRET_NOT_FOUND, "there is no Secret");
        assertThat(naming.lastKnown(orders)).isEqualTo(new Target.Resolved(A, ORDERS));
    }

    @Test
    void aStreamWhoseConnectionNeverLedAnywhereIsLastKnownAsItIsNow() {
        routes.close("shop/a", Reason.SECRET_NOT_FOUND, "there is no Secret");
        routes.forget();
        assertThat(naming.lastKnown(orders))
                .isEqualTo(new Target.Missing(Reason.SECRET_NOT_FOUND, "there is no Secret"));
    }
}
