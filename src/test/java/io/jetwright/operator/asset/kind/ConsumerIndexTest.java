package io.jetwright.operator.asset.kind;

import static io.jetwright.operator.asset.Resources.consumer;
import static io.jetwright.operator.asset.Resources.keyValue;
import static io.jetwright.operator.asset.Resources.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.jetwright.api.Consumer;
import io.jetwright.api.Stream;
import io.jetwright.operator.asset.FakeCache;
import io.jetwright.operator.asset.FakeRoutes;
import io.jetwright.plan.AssetName.ConsumerName;
import io.jetwright.plan.AssetName.StreamName;
import org.junit.jupiter.api.Test;

class ConsumerIndexTest {
    private static final StreamName ORDERS = new StreamName("ORDERS");
    private static final ConsumerName BILLING = new ConsumerName("ORDERS", "billing");

    private final FakeRoutes routes = new FakeRoutes();
    private final FakeCache<Stream> streams = new FakeCache<>();
    private final FakeCache<Consumer> cache = new FakeCache<>();
    private final Index<Consumer> index = new ConsumerIndex(routes, cache, new DeclaredStreams(routes, streams));

    private final Stream orders = streams.put(stream("orders", "{name: ORDERS, connectionRef: {name: a}}"));
    private final Consumer billing = cache.put(consumer("billing", "{streamName: ORDERS, connectionRef: {name: b}}"));
    private final Consumer shipping = cache.put(consumer("shipping", "{streamRef: {name: orders}}"));
    private final Consumer elsewhere = cache.put(consumer("elsewhere", "{streamName: INVOICES}"));

    @Test
    void aConsumerIsFoundByItsName() {
        assertThat(index.find(new ResourceID("billing", "shop"))).isSameAs(billing);
        assertThat(index.find(new ResourceID("billing", "bank"))).isNull();
    }

    @Test
    void whoNamesAConnectionIsFoundByIt() {
        assertThat(index.using("shop/b")).containsExactly(billing);
        assertThat(index.using("")).containsExactly(elsewhere);
    }

    @Test
    void whoFollowsItsStreamIsFoundByTheConnectionOfTheStream() {
        assertThat(index.using("shop/a")).containsExactly(shipping);
        assertThat(index.using("")).doesNotContain(shipping);
        streams.put(stream("orders", "{name: ORDERS}"));
        assertThat(index.using("shop/a")).isEmpty();
        assertThat(index.using("")).containsExactlyInAnyOrder(elsewhere, shipping);
    }

    @Test
    void whoNamesAConsumerIsFoundByItsNameInJetStreamWhicheverWayItNamesTheStream() {
        Consumer same = cache.put(consumer("same", "{streamRef: {name: orders}, durableName: billing}"));
        assertThat(index.naming(BILLING)).containsExactlyInAnyOrder(billing, same);
        assertThat(index.naming(new ConsumerName("INVOICES", "billing"))).isEmpty();
        assertThat(index.naming(ORDERS)).isEmpty();
    }

    @Test
    void aChangeOfTheStreamConcernsItsConsumersWhicheverWayTheyNameIt() {
        assertThat(index.concernedBy(ORDERS)).containsExactlyInAnyOrder(billing, shipping);
        assertThat(index.concernedBy(BILLING)).containsExactly(billing);
        assertThat(index.concernedBy(new StreamName("UNKNOWN"))).isEmpty();
        assertThat(index.counting(ORDERS)).isEmpty();
    }

    /** The informer of Stream resources tells Consumers what a Stream resource did. */
    @Test
    void consumersAreConcernedByWhatABucketDoesToItsStream() {
        Consumer reader = cache.put(consumer("reader", "{streamName: KV_x}"));
        var bucket = new StreamName("KV_x");
        assertThat(index.concernedBy(bucket, keyValue("x", "{}"))).containsExactly(reader);
        assertThat(index.concernedBy(bucket, stream("x", "{name: KV_x}"))).isEmpty();
        assertThat(index.concernedBy(new ConsumerName("KV_x", "reader"), reader))
                .containsExactly(reader);
    }

    @Test
    void aStreamsEventWakesItsConsumersWhicheverWayTheyNameIt() {
        assertThat(ConsumerIndex.dependents(cache, orders)).containsExactlyInAnyOrder(billing, shipping);
    }
}
