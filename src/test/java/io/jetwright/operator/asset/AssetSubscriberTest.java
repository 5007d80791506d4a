package io.jetwright.operator.asset;

import static io.jetwright.operator.asset.Resources.CONNECTION;
import static io.jetwright.operator.asset.Resources.consumer;
import static io.jetwright.operator.asset.Resources.keyValue;
import static io.jetwright.operator.asset.Resources.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.jetwright.SettableClock;
import io.jetwright.api.Consumer;
import io.jetwright.api.Stream;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.operator.asset.kind.Kinds;
import io.jetwright.operator.asset.kind.StreamKind;
import io.jetwright.operator.wake.Subscriber;
import io.jetwright.operator.wake.Wakeups;
import io.jetwright.plan.AssetName.ConsumerName;
import io.jetwright.plan.AssetName.StreamName;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AssetSubscriberTest {
    private static final StreamName ORDERS = new StreamName("ORDERS");
    private static final ConsumerName BILLING = new ConsumerName("ORDERS", "billing");
    private static final ConnectionSettings A = FakeRoutes.server("a");

    private final FakeRoutes routes = new FakeRoutes();
    private final FakeCache<Stream> cache = new FakeCache<>();
    private final Wakeups<Stream> wakeups = new Wakeups<>();
    private final BlockedResources blocked = new BlockedResources(
            new Kinds(), settings -> java.util.stream.Stream.of(), new SettableClock("2026-06-01T12:00:00Z"));
    private final Subscriber subscriber = new AssetSubscriber<>(StreamKind.of(routes, cache), blocked, wakeups);
    private final List<String> woken = new ArrayList<>();

    private final Stream orders = cache.put(stream("orders", "{name: ORDERS}"));
    private final Consumer billing = consumer("billing", "{streamName: ORDERS}");

    AssetSubscriberTest() {
        routes.put("shop/a", A);
        wakeups.setEventHandler(event -> woken.add(name(event)));
        wakeups.start();
        cache.put(stream("same", "{name: ORDERS}"));
        cache.put(stream("other", "{}"));
        cache.put(stream("elsewhere", "{name: ORDERS, connectionRef: {name: a}}"));
    }

    private static String name(Event event) {
        ResourceID id = event.getRelatedCustomResourceID();
        return id.getName();
    }

    @Test
    void aChangeWakesTheResourcesThatItConcernsOnItsConnection() {
        subscriber.changed(CONNECTION, ORDERS);
        assertThat(woken).containsExactly("orders", "same");
    }

    @Test
    void aChangeOfAConsumerWakesNoStreamBeforeItIsCounted() {
        subscriber.changed(A, BILLING);
        assertThat(woken).isEmpty();
        subscriber.counted(A, ORDERS);
        assertThat(woken).containsExactly("elsewhere");
    }

    @Test
    void whoHasDoneSomethingIsNotWokenByIt() {
        subscriber.done(CONNECTION, ORDERS, orders);
        assertThat(woken).containsExactly("same");
    }

    @Test
    void aNamesakeOfAnotherKindIsWoken() {
        subscriber.done(CONNECTION, ORDERS, keyValue("orders", "{}"));
        assertThat(woken).containsExactly("orders", "same");
    }

    @Test
    void whatWasDoneToAConsumerWakesNoStreamBeforeItIsCounted() {
        subscriber.done(CONNECTION, BILLING, billing);
        assertThat(woken).isEmpty();
        subscriber.counted(CONNECTION, ORDERS);
        assertThat(woken).containsExactly("orders", "same");
    }

    @Test
    void whatIsFreedWakesThoseWhoAreRefusedOnTheSameConnection() {
        blocked.refused(orders, CONNECTION);
        blocked.refused(stream("gone", "{}"), CONNECTION);
        blocked.refused(cache.put(stream("elsewhere", "{connectionRef: {name: a}}")), A);
        blocked.refused(billing, CONNECTION);
        subscriber.freed(CONNECTION);
        assertThat(woken).containsExactly("orders");
    }

    @Test
    void aConnectionThatComesOrGoesWakesItsUsers() {
        subscriber.switched("shop/a");
        assertThat(woken).containsExactly("elsewhere");
    }

    @Test
    void whatIsToldToOthersWakesNobody() {
        subscriber.rerouted("shop/a");
        subscriber.used("shop/a");
        assertThat(woken).isEmpty();
    }
}
