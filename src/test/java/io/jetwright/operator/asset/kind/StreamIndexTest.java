package io.jetwright.operator.asset.kind;

import static io.jetwright.operator.asset.Resources.keyValue;
import static io.jetwright.operator.asset.Resources.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.jetwright.api.KeyValue;
import io.jetwright.api.Stream;
import io.jetwright.operator.asset.FakeCache;
import io.jetwright.operator.asset.FakeRoutes;
import io.jetwright.plan.AssetName.ConsumerName;
import io.jetwright.plan.AssetName.StreamName;
import org.junit.jupiter.api.Test;

class StreamIndexTest {
    private static final StreamName ORDERS = new StreamName("ORDERS");
    private static final ConsumerName BILLING = new ConsumerName("ORDERS", "billing");
    private static final StreamName SESSIONS = new StreamName("KV_sessions");

    private final FakeRoutes routes = new FakeRoutes();
    private final FakeCache<Stream> streams = new FakeCache<>();
    private final FakeCache<KeyValue> buckets = new FakeCache<>();
    private final Index<Stream> streamIndex = StreamKind.of(routes, streams).index();
    private final Index<KeyValue> bucketIndex = KeyValueKind.of(routes, buckets).index();
    private final Stream orders = streams.put(stream("orders", "{name: ORDERS, connectionRef: {name: a}}"));
    private final Stream other = streams.put(stream("other", "{}"));
    private final KeyValue sessions = buckets.put(keyValue("sessions", "{}"));

    @Test
    void aResourceIsFoundByItsName() {
        assertThat(streamIndex.find(new ResourceID("orders", "shop"))).isSameAs(orders);
        assertThat(streamIndex.find(new ResourceID("orders", "bank"))).isNull();
    }

    @Test
    void whoUsesAConnectionIsFoundByIt() {
        assertThat(streamIndex.using("shop/a")).containsExactly(orders);
        assertThat(streamIndex.using("")).containsExactly(other);
        assertThat(streamIndex.using("shop/b")).isEmpty();
    }

    @Test
    void whoDeclaresAStreamIsFoundByItsNameInJetStream() {
        assertThat(streamIndex.naming(ORDERS)).containsExactly(orders);
        assertThat(streamIndex.naming(new StreamName("orders"))).isEmpty();
        assertThat(streamIndex.naming(BILLING)).isEmpty();
        assertThat(bucketIndex.naming(SESSIONS)).containsExactly(sessions);
        assertThat(bucketIndex.naming(new StreamName("sessions"))).isEmpty();
    }

    @Test
    void aStreamIsConcernedByItselfAndCountsItsConsumers() {
        assertThat(streamIndex.concernedBy(ORDERS)).containsExactly(orders);
        assertThat(streamIndex.concernedBy(BILLING)).isEmpty();
        assertThat(streamIndex.counting(ORDERS)).containsExactly(orders);
    }

    @Test
    void aStreamIsConcernedByWhatAnotherResourceDidToItAndNotToItsConsumers() {
        assertThat(streamIndex.concernedBy(ORDERS, sessions)).containsExactly(orders);
        assertThat(streamIndex.concernedBy(BILLING, sessions)).isEmpty();
    }

    @Test
    void aBucketIsConcernedByItsStreamAndNotByConsumers() {
        assertThat(bucketIndex.concernedBy(SESSIONS)).containsExactly(sessions);
        assertThat(bucketIndex.concernedBy(new ConsumerName("KV_sessions", "watcher")))
                .isEmpty();
        assertThat(bucketIndex.counting(SESSIONS)).isEmpty();
    }
}
