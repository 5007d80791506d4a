package io.jetwright.operator.asset.kind;

import static io.jetwright.operator.asset.Resources.consumer;
import static io.jetwright.operator.asset.Resources.keyValue;
import static io.jetwright.operator.asset.Resources.objectStore;
import static io.jetwright.operator.asset.Resources.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.jetwright.api.Asset;
import io.jetwright.api.AssetSpec;
import io.jetwright.api.AssetStatus;
import io.jetwright.api.Consumer;
import io.jetwright.api.ConsumerStatus;
import io.jetwright.api.Stream;
import io.jetwright.api.StreamStatus;
import io.jetwright.operator.asset.FakeCache;
import io.jetwright.operator.asset.FakeRoutes;
import io.jetwright.operator.asset.Stage;
import io.jetwright.plan.AssetName.StreamName;
import io.jetwright.plan.Settings;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LastSeenTest {
    private static final String ON_A = "{connectionRef: {name: a}}";
    private static final String FOLLOWING = "{streamRef: {name: orders}}";

    private final FakeCache<Stream> streams = new FakeCache<>();
    private final Stage<Consumer, ?, ConsumerStatus> consumers = Stage.ofConsumers(streams);

    private static Stream orders(String spec, String status) {
        Stream orders = stream("orders", spec);
        orders.setStatus(Serialization.unmarshal("--- " + status, StreamStatus.class));
        return orders;
    }

    private static Consumer billing(String spec, String status) {
        Consumer billing = consumer("billing", spec);
        billing.setStatus(Serialization.unmarshal("--- " + status, ConsumerStatus.class));
        return billing;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            {connectionRef: {name: a}} | {created: "2026-06-01T11:00:00Z", connection: shop/a} | shop/a
            {}                         | {created: "2026-06-01T11:00:00Z", connection: shop/a} | shop/a
            {}                         | {created: "2026-06-01T11:00:00Z"}                     | ''
            {}                         | {connection: shop/a}                                  | none
            {}                         | {}                                                    | none
            {connectionRef: {name: a}} | {created: "2026-06-01T11:00:00Z"}                     | none
            """)
    void anObjectThatExistsIsWhereItsStatusSaysElseOnTheOperatorsOwnSettings(String spec, String status, String key) {
        assertThat(LastSeen.connection(orders(spec, status))).isEqualTo(Optional.ofNullable(key));
    }

    @Test
    void whatWasNeverReportedOnWasSeenNowhere() {
        assertThat(LastSeen.connection(stream("orders", "{}"))).isEmpty();
    }

    private static <R extends Asset<S, T>, S extends AssetSpec, T extends AssetStatus> void assertSaysWhere(
            Stage<R, S, T> stage, R onA, R onOperatorsOwn) {
        stage.routes.put("shop/a", FakeRoutes.server("a"));
        stage.jetStream.put(new StreamName("ORDERS"), new Settings(Map.of()));
        assertThat(stage.reconciled(onA).getStatus().connection()).isEqualTo("shop/a");
        AssetStatus before = onA.getStatus();
        assertThat(stage.reconciled(onA).getStatus()).isSameAs(before);
        assertThat(stage.reconciled(onOperatorsOwn).getStatus().connection()).isNull();
    }

    @Test
    void theStatusOfEveryKindSaysOnWhichConnectionTheObjectWasSeen() {
        assertSaysWhere(Stage.ofStreams(), stream("a", ON_A), stream("own", "{}"));
        assertSaysWhere(Stage.ofKeyValues(), keyValue("a", ON_A), keyValue("own", "{}"));
        assertSaysWhere(Stage.ofObjectStores(), objectStore("a", ON_A), objectStore("own", "{}"));
        assertSaysWhere(
                Stage.ofConsumers(new FakeCache<>()),
                consumer("a", "{streamName: ORDERS, connectionRef: {name: a}}"),
                consumer("own", "{streamName: ORDERS}"));
    }

    @Test
    void aConsumerUsesTheConnectionThatItWasSeenOnEvenIfItsStreamResourceIsGone() {
        Consumer billing = consumers.cache.put(
                billing(FOLLOWING, "{stream: ORDERS, created: \"2026-06-01T11:00:00Z\", connection: shop/a}"));
        assertThat(consumers.kind.index().using("shop/a")).containsExactly(billing);
        assertThat(consumers.kind.index().using("")).isEmpty();
    }

    @Test
    void aConsumerThatMovesWithItsStreamResourceUsesBothConnectionsUntilItWasSeenOnTheNewOne() {
        streams.put(stream("orders", "{name: ORDERS, connectionRef: {name: b}}"));
        Consumer billing = consumers.cache.put(
                billing(FOLLOWING, "{stream: ORDERS, created: \"2026-06-01T11:00:00Z\", connection: shop/a}"));
        assertThat(consumers.kind.index().using("shop/a")).containsExactly(billing);
        assertThat(consumers.kind.index().using("shop/b")).containsExactly(billing);
        billing.setStatus(Serialization.unmarshal(
                "{\"stream\": \"ORDERS\", \"created\": \"2026-06-01T11:00:01Z\", \"connection\": \"shop/b\"}",
                ConsumerStatus.class));
        assertThat(consumers.kind.index().using("shop/a")).isEmpty();
        assertThat(consumers.kind.index().using("shop/b")).containsExactly(billing);
    }

    @Test
    void aStreamThatWasSeenOnAnotherDefaultConnectionUsesThatOneToo() {
        var stage = Stage.ofStreams();
        Stream orders =
                stage.cache.put(orders("{}", "{created: \"2026-06-01T11:00:00Z\", connection: nats/former-default}"));
        assertThat(stage.kind.index().using("nats/former-default")).containsExactly(orders);
        assertThat(stage.kind.index().using("")).containsExactly(orders);
    }
}
