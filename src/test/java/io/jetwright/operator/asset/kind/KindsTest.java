package io.jetwright.operator.asset.kind;

import static io.jetwright.operator.asset.Resources.consumer;
import static io.jetwright.operator.asset.Resources.keyValue;
import static io.jetwright.operator.asset.Resources.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.SettableClock;
import io.jetwright.api.Asset;
import io.jetwright.api.Consumer;
import io.jetwright.api.KeyValue;
import io.jetwright.api.Stream;
import io.jetwright.operator.asset.FakeCache;
import io.jetwright.operator.asset.FakeRoutes;
import io.jetwright.operator.asset.Resources;
import io.jetwright.operator.connection.Route;
import io.jetwright.plan.AssetName;
import io.jetwright.plan.AssetName.ConsumerName;
import io.jetwright.plan.AssetName.StreamName;
import io.jetwright.plan.Owner;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class KindsTest {
    private static final AssetName STREAM = new StreamName("KV_x");
    private static final AssetName CONSUMER = new ConsumerName("KV_x", "x");

    private final FakeCache<Stream> streams = new FakeCache<>();
    private final FakeCache<Consumer> consumers = new FakeCache<>();
    private final FakeCache<KeyValue> buckets = new FakeCache<>();
    private final Stream stream = streams.put(stream("x", "{name: KV_x}"));
    private final Consumer consumer = consumers.put(consumer("x", "{streamName: KV_x}"));
    private final KeyValue bucket = buckets.put(keyValue("x", "{}"));
    private final FakeRoutes routes = new FakeRoutes();
    private final Kinds kinds = new Kinds();

    KindsTest() {
        kinds.add(StreamKind.of(routes, streams));
        kinds.add(ConsumerKind.of(new DeadLetters(
                routes, consumers, streams, Optional::empty, new SettableClock("2026-06-01T12:00:00Z"))));
        kinds.add(KeyValueKind.of(routes, buckets));
    }

    private static Target.Resolved on(AssetName name) {
        return new Target.Resolved(Resources.CONNECTION, name);
    }

    @Test
    void resourcesOfAllKindsMayNameTheSameStream() {
        kinds.areFilled();
        assertThat(kinds.naming(on(STREAM))).containsExactly(stream, bucket);
        assertThat(kinds.naming(on(CONSUMER))).containsExactly(consumer);
        assertThat(kinds.naming(on(new StreamName("x")))).isEmpty();
    }

    private void assertHas(Owner owner, AssetName name) {
        assertThat(kinds.routeTo(owner, name)).contains(new Route.Open(Resources.CONNECTION));
    }

    private void assertHasNot(Owner owner, AssetName name) {
        assertThat(kinds.routeTo(owner, name)).isEmpty();
    }

    @Test
    void anOwnerIsOfTheKindOfItsObjectUnlessItsKindIsNamed() {
        kinds.areFilled();
        assertHas(new Owner("here", "shop", "x"), STREAM);
        assertHas(new Owner("here", "shop", "x"), CONSUMER);
        assertHas(new Owner("here", "shop", "x", "KeyValue"), STREAM);
        assertHasNot(new Owner("here", "shop", "x", "ObjectStore"), STREAM);
        assertHasNot(new Owner("here", "shop", "y"), STREAM);
    }

    @Test
    void anOwnerOfAnyKindThatNamesAnotherObjectNowHasTheFormerOneNoMore() {
        kinds.areFilled();
        assertHasNot(new Owner("here", "shop", "x"), new StreamName("FORMER"));
        assertHasNot(new Owner("here", "shop", "x"), new ConsumerName("KV_x", "former"));
        assertHasNot(new Owner("here", "shop", "x"), new ConsumerName("FORMER", "x"));
        assertHasNot(new Owner("here", "shop", "x", "KeyValue"), new StreamName("KV_former"));
    }

    @Test
    void whoAsksWaitsUntilAllCachesAreFilled() {
        CompletableFuture<List<Asset<?, ?>>> answer = CompletableFuture.supplyAsync(
                () -> kinds.naming(on(new StreamName("KV_late"))).toList());
        assertThat(answer).isNotDone();
        KeyValue late = buckets.put(keyValue("late", "{}"));
        kinds.areFilled();
        assertThat(answer.join()).containsExactly(late);
    }
}
