package io.jetwright.operator.asset;

import static io.jetwright.operator.asset.Resources.consumer;
import static io.jetwright.operator.asset.Resources.stream;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jetwright.api.Stream;
import io.jetwright.jetstream.FakeJetStream;
import io.jetwright.jetstream.Live;
import io.jetwright.operator.asset.kind.Kinds;
import io.jetwright.operator.asset.kind.StreamKind;
import io.jetwright.operator.asset.kind.Target;
import io.jetwright.plan.AssetName.StreamName;
import io.jetwright.plan.Mapping;
import io.jetwright.plan.Owner;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimsTest {
    private static final StreamName ORDERS = new StreamName("ORDERS");

    private final FakeRoutes routes = new FakeRoutes();
    private final FakeCache<Stream> cache = new FakeCache<>();
    private final Kinds kinds = new Kinds();
    private final Claims claims = new Claims(Resources.CLUSTER, kinds, connection -> new FakeJetStream());
    private final Stream orders;

    ClaimsTest() {
        routes.put("shop/a", FakeRoutes.server("a"));
        kinds.add(StreamKind.of(routes, cache));
        kinds.areFilled();
        orders = cache.put(stream("orders", "{name: ORDERS}"));
    }

    private Claim claim(Claims of, Optional<Owner> owner) {
        Optional<Live> actual = owner.map(each -> new Live(
                Mapping.STREAM.desired(orders.getSpec(), ORDERS, each), JsonNodeFactory.instance.objectNode()));
        return of.of(orders, new Target.Resolved(Resources.CONNECTION, ORDERS), actual);
    }

    private void isGranted(Optional<Owner> owner) {
        assertThat(claim(claims, owner)).isEqualTo(new Claim.Granted());
    }

    private void isRefused(Claim claim, String message) {
        assertThat(claim).isInstanceOfSatisfying(Claim.Refused.class, refused -> assertThat(refused.message())
                .startsWith(message));
    }

    /** An older resource that names the same stream. */
    private Stream older(String more) {
        Stream older = cache.put(stream("older", "{name: ORDERS%s}".formatted(more)));
        older.getMetadata().setCreationTimestamp("2020-01-01T00:00:00Z");
        return older;
    }

    private static Optional<Owner> owner(String cluster, String namespace, String name) {
        return Optional.of(new Owner(cluster, namespace, name));
    }

    @Test
    void aResourceIsNoRivalOfItself() {
        isGranted(Optional.empty());
        isGranted(owner("here", "shop", "orders"));
    }

    @Test
    void anOwnerThatExistsKeepsTheObject() {
        cache.put(stream("former", "{name: ORDERS}"));
        isRefused(claim(claims, owner("here", "shop", "former")), "it belongs to shop/former");
    }

    @Test
    void anOwnerThatDoesNotExistLetsItGo() {
        isGranted(owner("here", "shop", "gone"));
    }

    @Test
    void anOwnerThatIsBeingDeletedKeepsWhatItWillDelete() {
        Stream former = cache.put(stream("former", "{name: ORDERS}"));
        former.getMetadata().setDeletionTimestamp("2026-06-01T12:00:00Z");
        isRefused(claim(claims, owner("here", "shop", "former")), "it belongs to shop/former");
    }

    @ParameterizedTest
    @ValueSource(strings = {"deletionPolicy: Retain", "managementPolicy: Observe", "suspend: true"})
    void anOwnerThatIsBeingDeletedLetsGoOfWhatItLeavesBehind(String policy) {
        Stream former = cache.put(stream("former", "{name: FORMER, %s}".formatted(policy)));
        former.getMetadata().setDeletionTimestamp("2026-06-01T12:00:00Z");
        isGranted(owner("here", "shop", "former"));
    }

    @Test
    void anOwnerThatTheOperatorWouldNotKnowOfMayExist() {
        isRefused(
                claim(claims, owner("there", "shop", "gone")),
                "it belongs to shop/gone of the Kubernetes cluster there");
        var narrow = new Claims(new Cluster("here", Set.of("shop")), kinds, connection -> new FakeJetStream());
        isRefused(claim(narrow, owner("here", "bank", "gone")), "it belongs to bank/gone");
    }

    @Test
    void anOlderResourceThatNamesTheObjectComesFirst() {
        older("");
        isRefused(claim(claims, Optional.empty()), "shop/older is older and names it too");
    }

    @Test
    void anOlderResourceOfAnotherConnectionIsNoRival() {
        older(", connectionRef: {name: a}");
        isGranted(Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"managementPolicy: Observe", "suspend: true"})
    void anOlderResourceThatWritesNothingIsNoRival(String policy) {
        older(", " + policy);
        isGranted(Optional.empty());
    }

    @Test
    void anOlderResourceThatIsBeingDeletedIsNoRival() {
        older("").getMetadata().setDeletionTimestamp("2026-06-01T12:00:00Z");
        isGranted(Optional.empty());
    }

    /** They are one owner. */
    @Test
    void aConsumerOfTheSameNameHasNotLetGoOfWhatAStreamHas() {
        Stream older = older("");
        claim(claims, owner("here", "shop", "older"));
        cache.remove(older);

        assertThat(claims.endedBy(consumer("older", "{streamName: ORDERS}"))).isEmpty();
        assertThat(claims.endedBy(older)).hasSize(1);
    }
}
