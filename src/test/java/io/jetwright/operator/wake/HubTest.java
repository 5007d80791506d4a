package io.jetwright.operator.wake;

import static io.jetwright.operator.asset.Resources.CONNECTION;
import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.api.Asset;
import io.jetwright.jetstream.Advisory;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.operator.asset.Resources;
import io.jetwright.plan.AssetName;
import io.jetwright.plan.AssetName.ConsumerName;
import io.jetwright.plan.AssetName.StreamName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HubTest {
    private static final ConsumerName BILLING = new ConsumerName("ORDERS", "BILLING");

    /** What the hub does later, done by the test. */
    private final List<Runnable> later = new ArrayList<>();

    private final Hub hub =
            new Hub(settings -> settings.equals(CONNECTION) ? Stream.of("shop/a", "shop/b") : Stream.of(), later::add);

    private List<String> listen() {
        List<String> heard = new ArrayList<>();
        hub.subscribe(new Subscriber() {
            @Override
            public void changed(ConnectionSettings connection, AssetName name) {
                heard.add("changed " + name);
            }

            @Override
            public void done(ConnectionSettings connection, AssetName name, Asset<?, ?> doer) {
                heard.add("done to " + name);
            }

            @Override
            public void counted(ConnectionSettings connection, StreamName stream) {
                heard.add("counted " + stream);
            }

            @Override
            public void rerouted(String connection) {
                heard.add("rerouted " + connection);
            }

            @Override
            public void switched(String connection) {
                heard.add("switched " + connection);
            }

            @Override
            public void used(String connection) {
                heard.add("used " + connection);
            }
        });
        return heard;
    }

    private void letTimePass() {
        List<Runnable> due = List.copyOf(later);
        later.clear();
        due.forEach(Runnable::run);
    }

    @ParameterizedTest
    @EnumSource
    void whatOthersChangeIsHeardByAllKinds(Advisory.Action action) {
        List<String> streams = listen();
        List<String> consumers = listen();
        hub.changed(CONNECTION, new Advisory(action, BILLING));
        assertThat(streams).containsExactly("changed consumer BILLING of stream ORDERS");
        assertThat(consumers).isEqualTo(streams);
    }

    @Test
    void aSubscriberThatFailsKeepsNewsFromNobodyElse() {
        hub.subscribe(new Subscriber() {
            @Override
            public void switched(String connection) {
                throw new IllegalStateException("this kind's caches are not there yet");
            }
        });
        List<String> heard = listen();
        hub.disconnected(CONNECTION);
        assertThat(heard).hasSize(2);
    }

    @Test
    void aConnectionThatComesOrGoesConcernsTheUsersOfAllConnectionsThatLeadToIt() {
        List<String> heard = listen();
        hub.connected(CONNECTION);
        hub.disconnected(CONNECTION);
        assertThat(heard).containsExactly("switched shop/a", "switched shop/b", "switched shop/a", "switched shop/b");
    }

    @Test
    void whatADoerDidAndWhatIsReleasedIsHeardAtOnce() {
        List<String> heard = listen();
        hub.done(CONNECTION, BILLING, Resources.consumer("billing", "{streamName: ORDERS}"));
        hub.released(CONNECTION, BILLING);
        assertThat(heard)
                .containsExactly(
                        "done to consumer BILLING of stream ORDERS", "changed consumer BILLING of stream ORDERS");
    }

    @Test
    void consumersAreCountedOnceForAllThatComeTogether() {
        List<String> heard = listen();
        hub.counted(CONNECTION, BILLING);
        hub.counted(CONNECTION, new ConsumerName("ORDERS", "SHIPPING"));
        assertThat(heard).isEmpty();
        letTimePass();
        assertThat(heard).containsExactly("counted stream ORDERS");
        hub.counted(CONNECTION, BILLING);
        letTimePass();
        assertThat(heard).hasSize(2);
    }

    @Test
    void usersAreCountedOnceForAllThatComeTogether() {
        List<String> heard = listen();
        hub.used(CONNECTION);
        hub.used(CONNECTION);
        letTimePass();
        assertThat(heard).containsExactly("used shop/a", "used shop/b");
    }

    /** The users of a Connection have nothing to report until the outcome of the new connection is known. */
    @Test
    void aChangedConnectionWakesItsUsersOnce() {
        List<String> heard = listen();
        hub.rerouted("shop/a", true);
        assertThat(heard).containsExactly("rerouted shop/a");
        hub.connected(CONNECTION);
        assertThat(heard).containsOnlyOnce("switched shop/a");
    }

    @Test
    void aConnectionWhoseOutcomeIsKnownWakesItsUsersAtOnce() {
        List<String> heard = listen();
        hub.rerouted("shop/a", false);
        assertThat(heard).containsExactly("rerouted shop/a", "switched shop/a");
    }

    @Test
    void nobodyHasToListen() {
        hub.connected(CONNECTION);
        hub.released(CONNECTION, new StreamName("ORDERS"));
    }
}
