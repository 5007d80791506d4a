package io.jetwright.operator.asset;

import static io.jetwright.operator.asset.Resources.CONNECTION;
import static io.jetwright.operator.asset.Resources.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.jetwright.SettableClock;
import io.jetwright.api.Consumer;
import io.jetwright.api.Stream;
import io.jetwright.api.StreamSpec;
import io.jetwright.api.StreamStatus;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.operator.asset.kind.Kinds;
import io.jetwright.operator.asset.kind.StreamKind;
import io.jetwright.status.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BlockedResourcesTest {
    private static final ConnectionSettings OTHER = FakeRoutes.server("a");
    private static final Duration LONG = Duration.ofSeconds(3);

    private final Stage<Stream, StreamSpec, StreamStatus> stage = Stage.ofStreams();
    private final FakeCache<Stream> cache = new FakeCache<>();
    private final Kinds kinds = new Kinds();
    private final SettableClock clock = new SettableClock("2026-06-01T12:00:00Z");
    private final BlockedResources blocked = new BlockedResources(
            kinds,
            settings -> settings.equals(CONNECTION)
                    ? java.util.stream.Stream.of("", "shop/b")
                    : java.util.stream.Stream.of("shop/a"),
            clock);
    private final Stream orders = cache.put(stream("orders", "{}"));

    BlockedResourcesTest() {
        var routes = new FakeRoutes();
        routes.put("shop/a", OTHER);
        routes.put("shop/b", CONNECTION);
        kinds.add(StreamKind.of(routes, cache));
        kinds.areFilled();
    }

    private boolean mayPass(Duration elapsed) {
        return blocked.mayPass(orders, CONNECTION, elapsed);
    }

    private Stream reported(Stream resource, Reason reason) {
        stage.report(resource, Outcome.of(reason, "why")).ifPresent(fresh -> resource.setStatus(fresh.getStatus()));
        return resource;
    }

    @Test
    void theTimeCountsFromTheFirstRefusalOfAGeneration() {
        assertThat(blocked.refused(orders, CONNECTION)).isZero();
        clock.advance(Duration.ofSeconds(4));
        assertThat(blocked.refused(orders, CONNECTION)).isEqualTo(Duration.ofSeconds(4));
        orders.getMetadata().setGeneration(2L);
        assertThat(blocked.refused(orders, CONNECTION)).isZero();
        blocked.remove(orders);
        clock.advance(Duration.ofSeconds(4));
        assertThat(blocked.refused(orders, CONNECTION)).isZero();
    }

    @Test
    void whoIsRefusedIsFoundByKindAndConnection() {
        blocked.refused(orders, CONNECTION);
        blocked.refused(orders, CONNECTION);
        blocked.refused(stream("elsewhere", "{}"), OTHER);
        assertThat(blocked.on(Stream.class, CONNECTION)).containsExactly(new ResourceID("orders", "shop"));
        assertThat(blocked.on(Consumer.class, CONNECTION)).isEmpty();
        blocked.remove(orders);
        assertThat(blocked.on(Stream.class, CONNECTION)).isEmpty();
    }

    @Test
    void aRefusalMayPassInTheFirstMoments() {
        assertThat(mayPass(Duration.ZERO)).isTrue();
        assertThat(mayPass(Duration.ofSeconds(2))).isTrue();
        assertThat(mayPass(LONG)).isFalse();
    }

    @Test
    void aRefusalMayPassWhileAnotherResourceOfTheConnectionIsOnItsWay() {
        Stream other = cache.put(stream("other", "{}"));
        assertThat(mayPass(LONG)).as("not yet reported on").isTrue();
        cache.put(reported(other, Reason.IN_SYNC));
        assertThat(mayPass(LONG)).as("as it should be").isFalse();
        other.getMetadata().setGeneration(2L);
        cache.put(other);
        assertThat(mayPass(LONG)).as("changed").isTrue();
        cache.put(reported(other, Reason.IN_SYNC));
        other.getMetadata().setDeletionTimestamp("2026-06-01T12:00:00Z");
        cache.put(other);
        assertThat(mayPass(LONG)).as("being deleted").isTrue();
    }

    @Test
    void whatIsOnItsWayElsewhereDoesNotMatter() {
        HasMetadata elsewhere = cache.put(stream("elsewhere", "{connectionRef: {name: a}}"));
        assertThat(elsewhere).isNotNull();
        assertThat(mayPass(LONG)).isFalse();
    }

    @Test
    void whatIsOnItsWayByAnotherConnectionToTheSameServerMatters() {
        cache.put(stream("other", "{connectionRef: {name: b}}"));
        assertThat(mayPass(LONG)).isTrue();
    }

    /** Else its conditions would go to and fro with each change of another resource. */
    @Test
    void whatWasReportedAsFinalStaysSoForThisGeneration() {
        reported(orders, Reason.REJECTED);
        cache.put(stream("other", "{}"));
        assertThat(mayPass(Duration.ZERO)).isFalse();
        orders.getMetadata().setGeneration(2L);
        assertThat(mayPass(Duration.ZERO)).isTrue();
    }
}
