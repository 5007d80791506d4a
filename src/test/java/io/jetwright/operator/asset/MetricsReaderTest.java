package io.jetwright.operator.asset;

import static io.jetwright.operator.asset.Resources.consumer;
import static io.jetwright.operator.asset.Resources.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.api.Consumer;
import io.jetwright.api.ConsumerStatus;
import io.jetwright.api.Stream;
import io.jetwright.api.StreamStatus;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.operator.report.Readings;
import io.jetwright.plan.AssetName.ConsumerName;
import io.jetwright.plan.AssetName.StreamName;
import io.jetwright.plan.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsReaderTest {
    private static final StreamName ORDERS = new StreamName("ORDERS");

    private final Readings readings = new Readings();

    private MetricsReader reader(Stage<?, ?, ?> stage, ConnectionSettings... connections) {
        return new MetricsReader(
                stage.kinds,
                () -> List.of(connections),
                settings -> settings.equals(Resources.CONNECTION)
                        ? java.util.stream.Stream.of("")
                        : java.util.stream.Stream.empty(),
                stage::at,
                readings);
    }

    @Test
    void allStreamsAreReadWithOneRequest() {
        var stage = Stage.ofStreams();
        Stream orders = stage.reconciled(stream("orders", "{name: ORDERS}"));
        Stream bills = stage.reconciled(stream("bills", "{name: BILLS}"));
        stage.jetStream.put(new StreamName("OTHERS"), new Settings(Map.of()));
        stage.jetStream.fill(ORDERS, 7);
        stage.jetStream.fill(new StreamName("BILLS"), 8);

        reader(stage, Resources.CONNECTION).read();

        assertThat(stage.jetStream.requests()).containsExactly("list streams");
        assertThat(readings.newest(orders)).extracting(StreamStatus::messages).isEqualTo(7L);
        assertThat(readings.newest(bills)).extracting(StreamStatus::messages).isEqualTo(8L);
        assertThat(orders.getStatus().messages()).isZero();
        assertThat(readings.size()).isEqualTo(2);
    }

    @Test
    void allConsumersOfAStreamAreReadWithOneRequest() {
        var stage = Stage.ofConsumers(new FakeCache<>());
        stage.jetStream.put(ORDERS, new Settings(Map.of()));
        Consumer billing = stage.reconciled(consumer("billing", "{streamName: ORDERS}"));
        Consumer shipping = stage.reconciled(consumer("shipping", "{streamName: ORDERS}"));
        stage.jetStream.fill(new ConsumerName("ORDERS", "billing"), 3);
        stage.jetStream.fill(new ConsumerName("ORDERS", "shipping"), 4);

        reader(stage, Resources.CONNECTION).read();

        assertThat(stage.jetStream.requests()).containsExactly("list consumers of " + ORDERS);
        assertThat(readings.newest(billing)).extracting(ConsumerStatus::pending).isEqualTo(3L);
        assertThat(readings.newest(shipping))
                .extracting(ConsumerStatus::pending)
                .isEqualTo(4L);
    }

    @Test
    void aConnectionThatNobodyUsesIsLeftAlone() {
        var stage = Stage.ofStreams();
        reader(stage, Resources.CONNECTION).read();
        assertThat(stage.jetStream.requests()).isEmpty();
    }

    @Test
    void aConnectionThatFailsHoldsUpNoOther() {
        var stage = Stage.ofStreams();
        ConnectionSettings away = FakeRoutes.server("away");
        stage.server(away).goDown();
        Stream orders = stage.reconciled(stream("orders", "{name: ORDERS}"));
        stage.jetStream.fill(ORDERS, 7);
        var reader = new MetricsReader(
                stage.kinds,
                () -> List.of(away, Resources.CONNECTION),
                settings -> java.util.stream.Stream.of(""),
                stage::at,
                readings);

        reader.read();

        assertThat(readings.newest(orders)).extracting(StreamStatus::messages).isEqualTo(7L);
    }

    /** Its numbers would be those of somebody else's object. */
    @Test
    void aResourceThatNeverHadItsObjectIsNotRead() {
        var stage = Stage.ofStreams();
        stage.cache.put(stream("orders", "{name: ORDERS}"));
        stage.jetStream.put(ORDERS, new Settings(Map.of()));

        reader(stage, Resources.CONNECTION).read();

        assertThat(readings.size()).isZero();
    }
}
