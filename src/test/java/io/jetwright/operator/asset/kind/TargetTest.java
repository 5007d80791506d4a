package io.jetwright.operator.asset.kind;

import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.operator.asset.Resources;
import io.jetwright.operator.connection.Route;
import io.jetwright.plan.AssetName;
import io.jetwright.plan.AssetName.StreamName;
import io.jetwright.status.Reason;
import org.junit.jupiter.api.Test;

class TargetTest {
    private static final AssetName ORDERS = new StreamName("ORDERS");

    @Test
    void anOpenRouteLeadsToTheObjectOnItsConnection() {
        assertThat(Target.of(new Route.Open(Resources.CONNECTION), ORDERS))
                .isEqualTo(new Target.Resolved(Resources.CONNECTION, ORDERS));
    }

    @Test
    void whatClosesTheRouteIsMissing() {
        assertThat(Target.of(new Route.Closed(Reason.SECRET_NOT_FOUND, "there is no Secret"), ORDERS))
                .isEqualTo(new Target.Missing(Reason.SECRET_NOT_FOUND, "there is no Secret"));
    }

    @Test
    void anObjectIsPendingWhileItsRouteIs() {
        assertThat(Target.of(new Route.Pending(), ORDERS)).isEqualTo(new Target.Pending());
    }
}
