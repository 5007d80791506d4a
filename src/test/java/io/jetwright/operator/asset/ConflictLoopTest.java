package io.jetwright.operator.asset;

import static io.jetwright.operator.asset.Resources.consumer;
import static io.jetwright.operator.asset.Resources.keyValue;
import static io.jetwright.operator.asset.Resources.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.jetwright.api.Consumer;
import io.jetwright.api.ConsumerStatus;
import io.jetwright.api.KeyValue;
import io.jetwright.api.Stream;
import io.jetwright.api.StreamSpec;
import io.jetwright.api.StreamStatus;
import io.jetwright.jetstream.FakeJetStream;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.operator.asset.kind.KeyValueKind;
import io.jetwright.operator.asset.kind.Target;
import io.jetwright.plan.AssetName.ConsumerName;
import io.jetwright.plan.AssetName.StreamName;
import io.jetwright.plan.Owner;
import io.jetwright.plan.Settings;
import io.jetwright.status.Reason;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When the conflict with the owner of an object ends, and who is told. */
class ConflictLoopTest {
    private static final StreamName ORDERS = new StreamName("ORDERS");
    private static final ConsumerName BILLING = new ConsumerName("ORDERS", "billing");
    private static final Owner FORMER = new Owner("here", "shop", "former");
    private static final ConnectionSettings B = FakeRoutes.server("b");

    private final Stage<Stream, StreamSpec, StreamStatus> stage = Stage.ofStreams();
    private final Claims claims = new Claims(Resources.CLUSTER, stage.kinds, stage::at);

    private static Stream orders() {
        return stream("orders", "{name: ORDERS}");
    }

    /** A younger resource to which the stream ORDERS belongs, whatever it names. */
    private Stream owner(String spec) {
        stage.jetStream.put(ORDERS, stage.desired(orders().getSpec(), ORDERS, FORMER));
        Stream former = stage.cache.put(stream("former", spec));
        former.getMetadata().setCreationTimestamp("2026-06-01T11:00:00Z");
        return former;
    }

    private void assertAdopted() {
        assertThat(stage.reconcile(orders()).reason()).isEqualTo(Reason.IN_SYNC);
        assertThat(Owner.of(stage.jetStream.get(ORDERS))).contains(new Owner("here", "shop", "orders"));
    }

    private void assertConflict() {
        Outcome outcome = stage.reconcile(orders());
        assertThat(outcome.reason()).isEqualTo(Reason.CONFLICT);
        assertThat(outcome.message()).startsWith("stream ORDERS: it belongs to shop/former");
        assertThat(Owner.of(stage.jetStream.get(ORDERS))).contains(FORMER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{name: OTHER}",
                "{}",
                "{name: OTHER, suspend: true}",
                "{name: OTHER, managementPolicy: Observe}",
                "{name: OTHER, connectionRef: {name: missing}}"
            })
    void anOwnerThatWasMadeAnewWithAnotherStreamLetsTheFormerOneGo(String spec) {
        owner(spec);
        assertAdopted();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ", suspend: true", ", managementPolicy: Observe"})
    void anOwnerThatNamesTheStreamKeepsIt(String policy) {
        owner("{name: ORDERS%s}".formatted(policy));
        assertConflict();
    }

    @Test
    void anOwnerThatIsBeingDeletedAndNamesAnotherStreamLetsTheFormerOneGo() {
        owner("{name: OTHER}").getMetadata().setDeletionTimestamp("2026-06-01T12:00:00Z");
        assertAdopted();
    }

    @Test
    void twoResourcesThatSwapTheirNamesHaveEachOthersStreams() {
        var other = new StreamName("OTHER");
        Stream former = owner("{name: OTHER}");
        stage.jetStream.put(other, stage.desired(former.getSpec(), other, new Owner("here", "shop", "orders")));
        stage.cache.put(orders());
        assertThat(stage.reconcile(former).reason()).isEqualTo(Reason.IN_SYNC);
        assertAdopted();
        assertThat(Owner.of(stage.jetStream.get(other))).contains(FORMER);
    }

    @Test
    void anOwnerInANamespaceThatIsNotWatchedKeepsTheStreamWhateverItNames() {
        var narrow = Stage.ofStreams(new Cluster("here", Set.of("shop")));
        narrow.jetStream.put(ORDERS, narrow.desired(orders().getSpec(), ORDERS, new Owner("here", "bank", "former")));
        Stream former = stream("former", "{name: OTHER}");
        former.getMetadata().setNamespace("bank");
        narrow.cache.put(former);
        assertThat(narrow.reconcile(orders()).reason()).isEqualTo(Reason.CONFLICT);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBucketKeepsItsStreamUntilItsResourceNamesAnother(boolean namesIt) {
        var bucketsStream = new StreamName("KV_sessions");
        var buckets = new FakeCache<KeyValue>();
        stage.kinds.add(KeyValueKind.of(stage.routes, buckets));
        buckets.put(keyValue("former", namesIt ? "{bucket: sessions}" : "{bucket: other}"));
        Stream resource = stream("orders", "{name: KV_sessions}");
        stage.jetStream.put(
                bucketsStream,
                stage.desired(resource.getSpec(), bucketsStream, new Owner("here", "shop", "former", "KeyValue")));
        assertThat(stage.reconcile(resource).reason()).isEqualTo(namesIt ? Reason.CONFLICT : Reason.IN_SYNC);
    }

    /** An owner on the Connection {@code b}, which led to where the stream is, and leads to a server of its own now. */
    private FakeJetStream ownerElsewhere() {
        owner("{name: ORDERS, connectionRef: {name: b}}");
        stage.routes.put("shop/b", B);
        return stage.server(B);
    }

    @Test
    void anOwnerWhoseConnectionLeadsWhereThereIsNoSuchStreamLetsItGo() {
        ownerElsewhere();
        assertAdopted();
    }

    @Test
    void anOwnerWhoseConnectionLeadsToAnotherStreamOfThatNameLetsItGo() {
        FakeJetStream elsewhere = ownerElsewhere();
        elsewhere.put(ORDERS, stage.jetStream.get(ORDERS));
        elsewhere.createdAt("2026-06-01T11:00:00.123456790Z");
        assertAdopted();
    }

    @Test
    void anOwnerWhoseConnectionLeadsToTheSameStreamInAnotherWayKeepsIt() {
        ownerElsewhere().put(ORDERS, stage.jetStream.get(ORDERS));
        assertConflict();
    }

    @Test
    void anOwnerWhoseConnectionDoesNotAnswerKeepsTheStreamUntilItDoes() {
        FakeJetStream elsewhere = ownerElsewhere();
        elsewhere.goDown();
        assertConflict();
        elsewhere.comeBack();
        assertAdopted();
    }

    @Test
    void anOwnerOfWhoseConnectionNothingIsKnownKeepsTheStream() {
        ownerElsewhere();
        stage.routes.pending("shop/b");
        assertConflict();
        stage.routes.close("shop/b", Reason.SECRET_NOT_FOUND, "there is no Secret");
        assertConflict();
    }

    @Test
    void aConsumerWhoseStreamResourceDeclaresAnotherStreamLetsTheFormerConsumerGo() {
        var streams = new FakeCache<Stream>();
        var consumers = Stage.ofConsumers(streams);
        consumers.jetStream.put(ORDERS, new Settings(Map.of()));
        consumers.jetStream.put(
                BILLING,
                consumers.desired(consumer("former", "{streamName: ORDERS}").getSpec(), BILLING, FORMER));
        consumers.cache.put(consumer("former", "{streamRef: {name: stream}, durableName: billing}"));
        Consumer billing = consumer("billing", "{streamName: ORDERS}");
        assertThat(consumers.reconcile(billing).reason())
                .as("while it is not known which stream is meant")
                .isEqualTo(Reason.CONFLICT);
        streams.put(stream("stream", "{name: ORDERS}"));
        assertThat(consumers.reconcile(billing).reason()).isEqualTo(Reason.CONFLICT);
        streams.put(stream("stream", "{name: OTHER}"));
        assertThat(consumers.reconcile(billing).reason()).isEqualTo(Reason.IN_SYNC);
    }

    @Test
    void aConsumerThatIsBeingDeletedKeepsWhatItWillDelete() {
        var streams = new FakeCache<Stream>();
        var consumers = Stage.ofConsumers(streams);
        consumers.jetStream.put(ORDERS, new Settings(Map.of()));
        consumers.jetStream.put(
                BILLING,
                consumers.desired(consumer("former", "{streamName: ORDERS}").getSpec(), BILLING, FORMER));
        streams.put(stream("stream", "{name: OTHER}"));
        Consumer former = consumers.cache.put(consumer("former", "{streamRef: {name: stream}, durableName: billing}"));
        former.getMetadata().setDeletionTimestamp("2026-06-01T12:00:00Z");
        former.setStatus(Serialization.unmarshal(
                "{\"stream\": \"ORDERS\", \"created\": \"%s\"}".formatted(FakeJetStream.CREATED),
                ConsumerStatus.class));
        assertThat(consumers
                        .reconcile(consumer("billing", "{streamName: ORDERS}"))
                        .reason())
                .isEqualTo(Reason.CONFLICT);
    }

    @Test
    void whoWaitsIsToldOnceWhenTheOwnerNamesAnotherStream() {
        Stream former = owner("{name: ORDERS}");
        assertConflict();
        assertThat(claims.endedBy(former)).isEmpty();
        stage.cache.put(stage.changed(former, stream("former", "{name: OTHER}")));
        assertThat(claims.endedBy(stream("another", "{}"))).isEmpty();
        assertThat(claims.endedBy(former)).containsExactly(new Target.Resolved(Resources.CONNECTION, ORDERS));
        assertThat(claims.endedBy(former)).isEmpty();
    }

    @Test
    void whoWaitsIsToldWhenTheOwnersConnectionLeadsElsewhere() {
        Stream former = owner("{name: ORDERS, connectionRef: {name: b}}");
        stage.routes.put("shop/b", Resources.CONNECTION);
        assertConflict();
        assertThat(claims.endedBy(former)).isEmpty();
        stage.routes.pending("shop/b");
        assertThat(claims.endedBy(former)).isEmpty();
        stage.routes.put("shop/b", B);
        assertThat(claims.endedBy(former)).containsExactly(new Target.Resolved(Resources.CONNECTION, ORDERS));
    }

    /** It would be woken itself by that, and tell again, and so on for ever. */
    @Test
    void anOwnerThatIsSuspendedTellsNobody() {
        Stream former = owner("{name: ORDERS}");
        assertConflict();
        assertThat(claims.endedBy(stage.changed(former, stream("former", "{name: ORDERS, suspend: true}"))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"suspend: true", "managementPolicy: Observe"})
    void whoWaitsForAnOlderResourceWithoutAStreamIsToldWhenThatOneWritesNothingAnyMore(String policy) {
        Stream older = stage.cache.put(stream("older", "{name: ORDERS}"));
        older.getMetadata().setCreationTimestamp("2026-06-01T09:00:00Z");
        assertThat(stage.reconcile(orders()).reason()).isEqualTo(Reason.CONFLICT);
        assertThat(claims.endedBy(older)).isEmpty();
        stage.changed(older, stream("older", "{name: ORDERS, %s}".formatted(policy)));
        assertThat(claims.endedBy(older)).containsExactly(new Target.Resolved(Resources.CONNECTION, ORDERS));
        assertThat(stage.reconcile(orders()).reason()).isEqualTo(Reason.IN_SYNC);
    }

    @Test
    void whoHasTheStreamOrIsGoneWaitsNoMore() {
        Stream former = owner("{name: ORDERS}");
        Stream orders = orders();
        stage.reconcile(orders);
        claims.forget(orders);
        stage.cache.put(stage.changed(former, stream("former", "{name: OTHER}")));
        assertThat(claims.endedBy(former)).isEmpty();
        stage.cache.put(stage.changed(former, stream("former", "{name: ORDERS}")));
        assertConflict();
        stage.cache.put(stage.changed(former, stream("former", "{name: OTHER}")));
        assertAdopted();
        assertThat(claims.endedBy(former)).isEmpty();
    }
}
