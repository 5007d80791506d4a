package io.jetwright.operator.wake;

import static io.jetwright.operator.asset.Resources.CONNECTION;
import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.api.Asset;
import io.jetwright.jetstream.Advisory;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.plan.AssetName;
import io.jetwright.plan.AssetName.ConsumerName;
import io.jetwright.plan.AssetName.StreamName;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FeedTest {
    private final Feed feed = new Feed();

    private List<String> listen() {
        List<String> heard = new ArrayList<>();
        feed.add(new Feed.Ear() {
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
            public void everything(ConnectionSettings connection) {
                heard.add("everything on " + connection);
            }
        });
        return heard;
    }

    @ParameterizedTest
    @EnumSource
    void whatOthersChangeIsHeardByAllKinds(Advisory.Action action) {
        List<String> streams = listen();
        List<String> consumers = listen();
        feed.changed(CONNECTION, new Advisory(action, new ConsumerName("ORDERS", "BILLING")));
        assertThat(streams).containsExactly("changed consumer BILLING of stream ORDERS");
        assertThat(consumers).isEqualTo(streams);
    }

    @Test
    void aKindThatFailsKeepsTheOthersFromNothing() {
        feed.add(connection -> {
            throw new IllegalStateException("this kind's caches are not there yet");
        });
        List<String> heard = listen();
        feed.disconnected(CONNECTION);
        assertThat(heard).hasSize(1);
    }

    @Test
    void everythingIsLookedAtWhenTheConnectionComesOrGoes() {
        List<String> heard = listen();
        feed.connected(CONNECTION);
        feed.disconnected(CONNECTION);
        assertThat(heard).containsExactly("everything on " + CONNECTION, "everything on " + CONNECTION);
    }

    @Test
    void nobodyHasToListen() {
        feed.connected(CONNECTION);
        feed.changed(CONNECTION, new StreamName("ORDERS"));
    }
}
