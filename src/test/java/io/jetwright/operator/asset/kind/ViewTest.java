package io.jetwright.operator.asset.kind;

import static io.jetwright.operator.asset.kind.Answers.seen;
import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.api.ConsumerStatus;
import io.jetwright.api.StreamStatus;
import io.jetwright.operator.asset.FakeCache;
import io.jetwright.operator.asset.Stage;
import io.jetwright.plan.AssetName.ConsumerName;
import io.jetwright.plan.AssetName.StreamName;
import org.junit.jupiter.api.Test;

class ViewTest {
    private final View<?, StreamStatus> streams = Stage.ofStreams().kind.view();
    private final View<?, ConsumerStatus> consumers =
            Stage.ofConsumers(new FakeCache<>()).kind.view();

    private StreamStatus stream(String info) {
        return streams.known(seen(new StreamName("ORDERS"), info), null);
    }

    private ConsumerStatus consumer(String info) {
        return consumers.known(seen(new ConsumerName("ORDERS", "BILLING"), info), null);
    }

    @Test
    void whatCouldNotBeReadIsAsItWasLastKnown() {
        StreamStatus stream = stream("{\"state\": {\"messages\": 3}}");
        assertThat(streams.known(new Sight.Unseen(), stream)).isSameAs(stream);
        assertThat(streams.known(new Sight.Unseen(), null)).isEqualTo(StreamStatus.NOTHING);
        ConsumerStatus consumer = consumer("{\"num_pending\": 3}");
        assertThat(consumers.known(new Sight.Unseen(), consumer)).isSameAs(consumer);
        assertThat(consumers.known(new Sight.Unseen(), null)).isEqualTo(ConsumerStatus.NOTHING);
    }

    @Test
    void ofWhatIsGoneNothingIsKnownButAConsumersNames() {
        assertThat(streams.known(new Sight.Absent(), stream("{\"state\": {\"messages\": 3}}")))
                .isEqualTo(StreamStatus.NOTHING);
        ConsumerStatus names = consumers.known(new Sight.Absent(), consumer("{\"num_pending\": 3}"));
        assertThat(names.stream()).isEqualTo("ORDERS");
        assertThat(names.consumer()).isEqualTo("BILLING");
        assertThat(names.pending()).isNull();
        assertThat(consumers.known(new Sight.Absent(), null)).isEqualTo(ConsumerStatus.NOTHING);
    }
}
