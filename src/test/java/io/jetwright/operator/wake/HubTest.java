package io.jetwright.operator.wake;

import static io.jetwright.operator.asset.Resources.CONNECTION;
import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.jetstream.Advisory;
import io.jetwright.operator.asset.Resources;
import io.jetwright.plan.AssetName.ConsumerName;
import io.jetwright.plan.AssetName.StreamName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HubTest {
    private static final ConsumerName BILLING = new ConsumerName("ORDERS", "BILLING");

    /** What the hub does later, done by the test. */
    private final List<Runnable> later = new ArrayList<>();

    private final List<Duration> delays = new ArrayList<>();

    private final Hub hub = new Hub(
            settings -> settings.equals(CONNECTION) ? Stream.of("shop/a", "shop/b") : Stream.of(), (delay, task) -> {
                delays.add(delay);
                later.add(task);
            });

    private FakeSubscriber listen() {
        var subscriber = new FakeSubscriber();
        hub.subscribe(subscriber);
        return subscriber;
    }

    private void letTimePass() {
        List<Runnable> due = List.copyOf(later);
        later.clear();
        due.forEach(Runnable::run);
    }

    @ParameterizedTest
    @EnumSource
    void whatOthersChangeIsHeardByAllKinds(Advisory.Action action) {
        FakeSubscriber streams = listen();
        FakeSubscriber consumers = listen();
        hub.changed(CONNECTION, new Advisory(action, BILLING));
        assertThat(streams.heard())
                .containsExactly("changed consumer BILLING of stream ORDERS", "counted stream ORDERS");
        assertThat(consumers.heard())
                .containsExactly("changed consumer BILLING of stream ORDERS", "counted stream ORDERS");
    }

    /** Clients make ephemeral consumers by the hundred. */
    @Test
    void theConsumersOfOthersAreCountedAtOnceAndThenOnceForAllThatComeTogether() {
        FakeSubscriber subscriber = listen();
        for (int i = 0; i < 500; i++) {
            var ephemeral = new ConsumerName("ORDERS", "ephemeral-" + i);
            hub.changed(CONNECTION, new Advisory(Advisory.Action.CREATED, ephemeral));
            hub.changed(CONNECTION, new Advisory(Advisory.Action.DELETED, ephemeral));
        }
        assertThat(subscriber.heard())
                .hasSize(1001)
                .containsOnlyOnce("counted stream ORDERS")
                .filteredOn(news -> news.startsWith("changed consumer"))
                .hasSize(1000);
        letTimePass();
        assertThat(subscriber.heard()).containsExactly("counted stream ORDERS");
        letTimePass();
        assertThat(subscriber.heard()).isEmpty();
        hub.changed(CONNECTION, new Advisory(Advisory.Action.DELETED, BILLING));
        assertThat(subscriber.heard())
                .containsExactly("changed consumer BILLING of stream ORDERS", "counted stream ORDERS");
    }

    @Test
    void aSubscriberThatFailsKeepsNewsFromNobodyElse() {
        hub.subscribe(new Subscriber() {
            @Override
            public void switched(String connection) {
                throw new IllegalStateException("this kind's caches are not there yet");
            }
        });
        FakeSubscriber subscriber = listen();
        hub.disconnected(CONNECTION);
        assertThat(subscriber.heard()).hasSize(2);
    }

    @Test
    void aConnectionThatComesOrGoesConcernsTheUsersOfAllConnectionsThatLeadToIt() {
        FakeSubscriber subscriber = listen();
        hub.connected(CONNECTION);
        hub.disconnected(CONNECTION);
        assertThat(subscriber.heard())
                .containsExactly("switched shop/a", "switched shop/b", "switched shop/a", "switched shop/b");
    }

    @Test
    void whatADoerDidAndWhatIsReleasedIsHeardAtOnce() {
        FakeSubscriber subscriber = listen();
        hub.done(CONNECTION, BILLING, Resources.consumer("billing", "{streamName: ORDERS}"));
        hub.released(CONNECTION, BILLING);
        assertThat(subscriber.heard())
                .containsExactly(
                        "done to consumer BILLING of stream ORDERS", "changed consumer BILLING of stream ORDERS");
    }

    @Test
    void consumersAreCountedOnceForAllThatComeTogether() {
        FakeSubscriber subscriber = listen();
        hub.counted(CONNECTION, BILLING);
        hub.counted(CONNECTION, new ConsumerName("ORDERS", "SHIPPING"));
        assertThat(subscriber.heard()).isEmpty();
        letTimePass();
        assertThat(subscriber.heard()).containsExactly("counted stream ORDERS");
        hub.counted(CONNECTION, BILLING);
        letTimePass();
        assertThat(subscriber.heard()).containsExactly("counted stream ORDERS");
    }

    @Test
    void whatIsChangedOrDeletedFreesSomethingOnceForAllThatComesTogether() {
        FakeSubscriber subscriber = listen();
        for (int i = 0; i < 1_000; i++) {
            hub.done(CONNECTION, BILLING, Resources.consumer("billing", "{streamName: ORDERS}"));
            hub.released(CONNECTION, new StreamName("ORDERS-" + i));
            hub.changed(CONNECTION, new Advisory(Advisory.Action.DELETED, BILLING));
        }
        assertThat(subscriber.freed()).isZero();
        letTimePass();
        assertThat(subscriber.freed()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"CREATED, 0", "UPDATED, 0", "PAUSE, 0", "DELETED, 1"})
    void aConsumerOfOthersFreesSomethingWhenItIsDeleted(Advisory.Action action, int freed) {
        FakeSubscriber subscriber = listen();
        hub.changed(CONNECTION, new Advisory(action, BILLING));
        letTimePass();
        assertThat(subscriber.freed()).isEqualTo(freed);
    }

    @Test
    void usersAreCountedOnceForAllThatComeTogether() {
        FakeSubscriber subscriber = listen();
        hub.used(CONNECTION);
        hub.used(CONNECTION);
        assertThat(delays).containsExactly(Duration.ofSeconds(1));
        letTimePass();
        assertThat(subscriber.heard()).containsExactly("used shop/a", "used shop/b");
    }

    /** The users of a Connection have nothing to report until the outcome of the new connection is known. */
    @Test
    void aChangedConnectionWakesItsUsersOnce() {
        FakeSubscriber subscriber = listen();
        hub.rerouted("shop/a", true);
        assertThat(subscriber.heard()).containsExactly("rerouted shop/a");
        hub.connected(CONNECTION);
        assertThat(subscriber.heard()).containsOnlyOnce("switched shop/a");
    }

    @Test
    void aConnectionWhoseOutcomeIsKnownWakesItsUsersAtOnce() {
        FakeSubscriber subscriber = listen();
        hub.rerouted("shop/a", false);
        assertThat(subscriber.heard()).containsExactly("rerouted shop/a", "switched shop/a");
    }

    @Test
    void nobodyHasToListen() {
        hub.connected(CONNECTION);
        hub.released(CONNECTION, new StreamName("ORDERS"));
    }
}
