package io.jetwright.operator.asset;

import static io.jetwright.operator.asset.Resources.stream;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jetwright.api.Drift;
import io.jetwright.api.Stream;
import io.jetwright.api.StreamSpec;
import io.jetwright.api.StreamStatus;
import io.jetwright.jetstream.FakeJetStream;
import io.jetwright.operator.asset.kind.Sight;
import io.jetwright.plan.AssetName.StreamName;
import io.jetwright.plan.Owner;
import io.jetwright.plan.Settings;
import io.jetwright.status.Conditions;
import io.jetwright.status.Reason;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final StreamName ORDERS = new StreamName("ORDERS");
    private static final String NAMED = "{name: ORDERS, maxAge: 1d%s}";
    private static final long DAY = 86_400_000_000_000L;

    private final Stage<Stream, StreamSpec, StreamStatus> stage = Stage.ofStreams();
    private final FakeJetStream jetStream = stage.jetStream;

    private static Stream orders() {
        return orders("");
    }

    private static Stream orders(String more) {
        return stream("orders", NAMED.formatted(more));
    }

    private long maxAge() {
        return Objects.requireNonNull(jetStream.get(ORDERS).get("max_age")).longValue();
    }

    private Settings unowned(Map<String, Long> fields) {
        var json = JSON.objectNode().put("name", "ORDERS");
        fields.forEach(json::put);
        return Settings.of(json);
    }

    @Test
    void aNewResourceCostsOneRequest() {
        Outcome outcome = stage.reconcile(orders());
        assertThat(jetStream.requests()).containsExactly("create stream ORDERS");
        assertThat(outcome.reason()).isEqualTo(Reason.IN_SYNC);
        assertThat(stage.events()).containsExactly("Normal Created: stream ORDERS is created");
        assertThat(maxAge()).isEqualTo(DAY);
        assertThat(Owner.of(jetStream.get(ORDERS))).contains(new Owner("here", "shop", "orders"));
    }

    @Test
    void theNameOmittedIsTheResourcesOwn() {
        stage.reconcile(stream("orders", "{}"));
        assertThat(jetStream.requests()).containsExactly("create stream orders");
    }

    @Test
    void nothingIsSentWhenNothingChanged() {
        Stream orders = stage.reconciled(orders());
        StreamStatus before = orders.getStatus();
        Outcome outcome = stage.reconcile(orders);
        assertThat(jetStream.requests()).containsExactly("read stream ORDERS");
        assertThat(outcome.deed()).isNull();
        assertThat(orders.getStatus()).isSameAs(before);
        assertThat(stage.events()).isEmpty();
    }

    @Test
    void whatWasCreatedBeforeTheOperatorWasKilledIsFoundAsItShouldBe() {
        Stream orders = orders();
        jetStream.put(ORDERS, stage.desired(orders, ORDERS));
        assertThat(stage.reconcile(orders).reason()).isEqualTo(Reason.IN_SYNC);
        assertThat(jetStream.requests()).containsExactly("create stream ORDERS");
    }

    @Test
    void aChangedSpecIsAnUpdate() {
        Stream orders = stage.reconciled(orders());
        Outcome outcome = stage.reconcile(stage.changed(orders, stream("orders", "{name: ORDERS, maxAge: 2d}")));
        assertThat(jetStream.requests()).containsExactly("read stream ORDERS", "update stream ORDERS");
        assertThat(outcome.reason()).isEqualTo(Reason.IN_SYNC);
        assertThat(stage.events()).containsExactly("Normal Updated: stream ORDERS is updated: maxAge: 1d -> 2d");
        assertThat(maxAge()).isEqualTo(2 * DAY);
    }

    @Test
    void aFieldThatIsRemovedIsResetAndNotSetAgain() {
        Stream orders = stage.reconciled(orders());
        stage.reconcile(stage.changed(orders, stream("orders", "{name: ORDERS}")));
        assertThat(maxAge()).isZero();
        assertThat(stage.events()).containsExactly("Normal Updated: stream ORDERS is updated: maxAge: 1d -> 0s");
        jetStream.requests();
        stage.reconcile(orders);
        assertThat(jetStream.requests()).containsExactly("read stream ORDERS");
    }

    @Test
    void aFieldThatIsAddedAsItIsAlreadyIsMarkedWithoutAnEvent() {
        Stream orders = stage.reconciled(orders());
        Outcome outcome = stage.reconcile(stage.changed(orders, orders(", storage: file")));
        assertThat(jetStream.requests()).containsExactly("read stream ORDERS", "update stream ORDERS");
        assertThat(outcome.deed()).isNull();
    }

    @Test
    void driftIsRepaired() {
        Stream orders = stage.reconciled(orders());
        jetStream.set(ORDERS, "max_age", JSON.numberNode(5_000_000_000L));
        Outcome outcome = stage.reconcile(orders);
        assertThat(outcome.reason()).isEqualTo(Reason.IN_SYNC);
        assertThat(stage.events())
                .containsExactly(
                        "Normal DriftRepaired: stream ORDERS had been changed, and is repaired: maxAge: 5s -> 1d");
        assertThat(maxAge()).isEqualTo(DAY);
    }

    @Test
    void whatIsGoneIsCreatedAgain() {
        Stream orders = stage.reconciled(orders());
        jetStream.remove(ORDERS);
        assertThat(stage.reconcile(orders).reason()).isEqualTo(Reason.IN_SYNC);
        assertThat(jetStream.requests()).containsExactly("read stream ORDERS", "create stream ORDERS");
        assertThat(stage.events())
                .containsExactly("Normal DriftRepaired: stream ORDERS was gone, and is created again");
    }

    @Test
    void aChangeThatWasRefusedAndIsTakenLaterIsAnUpdateNotADrift() {
        Stream orders = stage.reconciled(orders());
        stage.changed(orders, stream("orders", "{name: ORDERS, maxAge: 2d}"));
        jetStream.reject("update", 10065, "subjects overlap");
        stage.reconcile(orders);
        stage.events();
        jetStream.comeBack();
        stage.reconcile(orders);
        assertThat(stage.events()).containsExactly("Normal Updated: stream ORDERS is updated: maxAge: 1d -> 2d");
    }

    @Test
    void whatNobodyOwnsIsAdopted() {
        jetStream.put(ORDERS, unowned(Map.of("max_age", DAY)));
        Outcome outcome = stage.reconcile(orders());
        assertThat(jetStream.requests())
                .containsExactly("create stream ORDERS", "read stream ORDERS", "update stream ORDERS");
        assertThat(outcome.reason()).isEqualTo(Reason.IN_SYNC);
        assertThat(stage.events()).containsExactly("Normal Adopted: stream ORDERS existed and is adopted");
        assertThat(Owner.of(jetStream.get(ORDERS))).contains(new Owner("here", "shop", "orders"));
    }

    @Test
    void adoptionTellsWhatItChanges() {
        jetStream.put(ORDERS, unowned(Map.of("max_age", 5_000_000_000L, "max_msgs", 7L)));
        stage.reconcile(orders());
        assertThat(stage.events())
                .containsExactly(
                        "Normal Adopted: stream ORDERS existed and is adopted, with changes: maxAge: 5s -> 1d; duplicateWindow: 5s -> 2m");
        assertThat(jetStream.get(ORDERS).get("max_msgs")).isEqualTo(JsonNodeFactory.instance.numberNode(7L));
    }

    @Test
    void whatAnotherResourceOwnsIsLeftAlone() {
        Stream former = stage.reconciled(stream("former", "{name: ORDERS, maxAge: 2d}"));
        Stream orders = orders();
        orders.getMetadata().setCreationTimestamp("2026-06-01T09:00:00Z");
        Outcome outcome = stage.reconcile(orders);
        assertThat(jetStream.requests()).containsExactly("create stream ORDERS", "read stream ORDERS");
        assertThat(outcome.reason()).isEqualTo(Reason.CONFLICT);
        assertThat(outcome.message()).startsWith("stream ORDERS: it belongs to shop/former");
        assertThat(drift(orders)).containsExactly(new Drift("maxAge", "1d", "2d"));
        assertThat(stage.reconcile(former).reason()).isEqualTo(Reason.IN_SYNC);
    }

    @Test
    void theYoungerOfTwoNewResourcesWaitsWithoutARequest() {
        Stream older = stage.cache.put(stream("older", NAMED.formatted("")));
        Stream younger = orders();
        younger.getMetadata().setCreationTimestamp("2026-06-01T10:00:01Z");
        assertThat(stage.reconcile(younger).reason()).isEqualTo(Reason.CONFLICT);
        assertThat(jetStream.requests()).isEmpty();
        assertThat(stage.reconcile(older).reason()).isEqualTo(Reason.IN_SYNC);
    }

    @ParameterizedTest
    @ValueSource(strings = {", suspend: true", ", managementPolicy: Observe"})
    void anOlderResourceThatWritesNothingIsNoRival(String passive) {
        stage.cache.put(stream("older", NAMED.formatted(passive)));
        Stream younger = orders();
        younger.getMetadata().setCreationTimestamp("2026-06-01T10:00:01Z");
        assertThat(stage.reconcile(younger).reason()).isEqualTo(Reason.IN_SYNC);
    }

    @Test
    void anOlderResourceThatIsBeingDeletedIsNoRival() {
        Stream older = stage.cache.put(stream("older", NAMED.formatted("")));
        older.getMetadata().setDeletionTimestamp("2026-06-01T11:00:00Z");
        Stream younger = orders();
        younger.getMetadata().setCreationTimestamp("2026-06-01T10:00:01Z");
        assertThat(stage.reconcile(younger).reason()).isEqualTo(Reason.IN_SYNC);
    }

    @Test
    void whatAResourceThatIsGoneOwnedIsAdopted() {
        jetStream.put(ORDERS, stage.desired(orders().getSpec(), ORDERS, new Owner("here", "shop", "gone")));
        assertThat(stage.reconcile(orders()).reason()).isEqualTo(Reason.IN_SYNC);
        assertThat(Owner.of(jetStream.get(ORDERS))).contains(new Owner("here", "shop", "orders"));
        assertThat(stage.events()).containsExactly("Normal Adopted: stream ORDERS existed and is adopted");
    }

    @Test
    void anOwnerThatGoesWithoutItsObjectLetsItGo() {
        Stream former = stage.reconciled(stream("former", NAMED.formatted(", deletionPolicy: Retain")));
        assertThat(stage.reconcile(orders()).reason()).isEqualTo(Reason.CONFLICT);
        former.getMetadata().setDeletionTimestamp("2026-06-01T12:00:00Z");
        assertThat(stage.reconcile(orders()).reason()).isEqualTo(Reason.IN_SYNC);
    }

    @Test
    void anOwnerThatWillDeleteItsObjectIsWaitedFor() {
        Stream former = stage.reconciled(stream("former", NAMED.formatted("")));
        former.getMetadata().setDeletionTimestamp("2026-06-01T12:00:00Z");
        assertThat(stage.reconcile(orders()).reason()).isEqualTo(Reason.CONFLICT);
    }

    @Test
    void whatBelongsToAnotherClusterIsLeftAlone() {
        jetStream.put(ORDERS, stage.desired(orders().getSpec(), ORDERS, new Owner("there", "shop", "orders")));
        Outcome outcome = stage.reconcile(orders());
        assertThat(outcome.reason()).isEqualTo(Reason.CONFLICT);
        assertThat(outcome.message()).contains("shop/orders of the Kubernetes cluster there");
    }

    @Test
    void anOwnerInANamespaceThatIsNotWatchedMayBeAlive() {
        var narrow = Stage.ofStreams(new Cluster("here", Set.of("shop")));
        narrow.jetStream.put(ORDERS, narrow.desired(orders().getSpec(), ORDERS, new Owner("here", "bank", "orders")));
        assertThat(narrow.reconcile(orders()).reason()).isEqualTo(Reason.CONFLICT);
        narrow.jetStream.put(ORDERS, narrow.desired(orders().getSpec(), ORDERS, new Owner("here", "shop", "gone")));
        assertThat(narrow.reconcile(orders()).reason()).isEqualTo(Reason.IN_SYNC);
    }

    @Test
    void observationNeverWrites() {
        Stream orders = orders(", managementPolicy: Observe, recreatePolicy: Always");
        Outcome missing = stage.reconcile(orders);
        assertThat(missing.reason()).isEqualTo(Reason.NOT_FOUND);
        assertThat(jetStream.requests()).containsExactly("read stream ORDERS");

        jetStream.put(ORDERS, unowned(Map.of("max_age", 2 * DAY)));
        Outcome drifted = stage.reconcile(orders);
        assertThat(drifted.reason()).isEqualTo(Reason.DRIFTED);
        assertThat(drifted.message()).contains("maxAge: 2d -> 1d");
        assertThat(drift(orders)).containsExactly(new Drift("maxAge", "1d", "2d"));
        assertThat(jetStream.requests()).containsExactly("read stream ORDERS");

        jetStream.set(ORDERS, "max_age", JSON.numberNode(DAY));
        assertThat(stage.reconcile(orders).reason()).isEqualTo(Reason.IN_SYNC);
        assertThat(orders.getStatus().drift()).isNull();
        assertThat(jetStream.requests()).containsExactly("read stream ORDERS");
        assertThat(stage.events()).isEmpty();
    }

    @Test
    void observationShowsWhatWouldNeedANewStream() {
        jetStream.put(ORDERS, unowned(Map.of("max_age", DAY)));
        assertThat(stage.reconcile(orders(", storage: memory, managementPolicy: Observe"))
                        .reason())
                .isEqualTo(Reason.DRIFTED);
    }

    @Test
    void observationOfWhatAnotherOwnsIsNoConflict() {
        jetStream.put(ORDERS, stage.desired(orders().getSpec(), ORDERS, new Owner("there", "shop", "orders")));
        assertThat(stage.reconcile(orders(", managementPolicy: Observe")).reason())
                .isEqualTo(Reason.IN_SYNC);
        assertThat(stage.reconcile(stream("orders", "{name: ORDERS, managementPolicy: Observe}"))
                        .reason())
                .isEqualTo(Reason.IN_SYNC);
    }

    @Test
    void aSuspendedResourceAsksNothing() {
        Stream orders = stage.reconciled(orders());
        jetStream.goDown();
        Outcome outcome = stage.reconcile(stage.changed(orders, orders(", suspend: true, maxMsgs: 5")));
        assertThat(outcome.reason()).isEqualTo(Reason.SUSPENDED);
        assertThat(jetStream.requests()).isEmpty();
        assertThat(orders.getStatus().messages()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ", recreatePolicy: Never"})
    void anImmutableChangeIsRefusedUnlessRecreationIsAllowed(String policy) {
        Stream orders = stage.reconciled(orders());
        jetStream.fill(ORDERS, 3);
        Outcome outcome = stage.reconcile(stage.changed(orders, orders(", storage: memory" + policy)));
        assertThat(outcome.reason()).isEqualTo(Reason.IMMUTABLE);
        assertThat(outcome.message())
                .contains("storage: file -> memory")
                .contains("3 messages now")
                .contains("recreatePolicy");
        assertThat(drift(orders)).containsExactly(new Drift("storage", "memory", "file"));
        assertThat(jetStream.requests()).containsExactly("read stream ORDERS");
        assertThat(orders.getStatus().messages()).isEqualTo(3);
    }

    @Test
    void recreationIfEmptyRefusesAStreamWithMessages() {
        Stream orders = stage.reconciled(orders());
        jetStream.fill(ORDERS, 1);
        assertThat(stage.reconcile(stage.changed(orders, orders(", storage: memory, recreatePolicy: IfEmpty")))
                        .reason())
                .isEqualTo(Reason.IMMUTABLE);
        assertThat(jetStream.requests()).containsExactly("read stream ORDERS");
    }

    @Test
    void recreationIfEmptyReplacesAnEmptyStream() {
        Stream orders = stage.reconciled(orders());
        assertThat(stage.reconcile(stage.changed(orders, orders(", storage: memory, recreatePolicy: IfEmpty")))
                        .reason())
                .isEqualTo(Reason.IN_SYNC);
        assertThat(jetStream.requests())
                .containsExactly("read stream ORDERS", "delete stream ORDERS", "create stream ORDERS");
        assertThat(stage.events())
                .containsExactly(
                        "Normal Recreated: stream ORDERS is deleted, with 0 messages, and created anew: storage: file -> memory");
    }

    @Test
    void recreationAlwaysReplacesAStreamWithItsMessagesAndSaysHowMany() {
        Stream orders = stage.reconciled(orders());
        jetStream.fill(ORDERS, 42);
        assertThat(stage.reconcile(stage.changed(orders, orders(", storage: memory, recreatePolicy: Always")))
                        .reason())
                .isEqualTo(Reason.IN_SYNC);
        assertThat(stage.events()).singleElement().asString().contains("deleted, with 42 messages");
        assertThat(jetStream.get(ORDERS).get("storage")).isEqualTo(JSON.textNode("memory"));
        assertThat(orders.getStatus().messages()).isZero();
    }

    @Test
    void whatAnotherOwnsIsNotRecreated() {
        jetStream.put(ORDERS, stage.desired(orders().getSpec(), ORDERS, new Owner("there", "shop", "orders")));
        assertThat(stage.reconcile(orders(", storage: memory, recreatePolicy: Always"))
                        .reason())
                .isEqualTo(Reason.CONFLICT);
        assertThat(jetStream.requests()).containsExactly("create stream ORDERS", "read stream ORDERS");
    }

    @Test
    void aServerThatKeepsAnotherValueIsNotCalledReady() {
        Stream orders = stage.reconciled(orders());
        jetStream.ignore("max_age");
        Outcome outcome = stage.reconcile(stage.changed(orders, stream("orders", "{name: ORDERS, maxAge: 2d}")));
        assertThat(outcome.reason()).isEqualTo(Reason.NOT_APPLIED);
        assertThat(outcome.message()).contains("maxAge: 1d -> 2d");
        assertThat(drift(orders)).containsExactly(new Drift("maxAge", "2d", "1d"));
    }

    @Test
    void whileNatsIsAwayTheLastKnownNumbersStay() {
        Stream orders = stage.reconciled(orders());
        jetStream.fill(ORDERS, 3);
        stage.reconcile(orders);
        jetStream.goDown();
        Outcome outcome = stage.reconcile(orders);
        assertThat(outcome.reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(outcome.sight()).isEqualTo(new Sight.Unseen());
        assertThat(orders.getStatus().messages()).isEqualTo(3);
        assertThat(Conditions.find(orders.getStatus().conditions(), "Ready")
                        .orElseThrow()
                        .getStatus())
                .isEqualTo("False");
        jetStream.comeBack();
        assertThat(stage.reconcile(orders).reason()).isEqualTo(Reason.IN_SYNC);
    }

    @Test
    void missingPermissionsAndAMissingJetStreamAreToldApart() {
        jetStream.deny();
        assertThat(stage.reconcile(orders()).reason()).isEqualTo(Reason.DENIED);
        jetStream.disable();
        assertThat(stage.reconcile(orders()).reason()).isEqualTo(Reason.JETSTREAM_DISABLED);
    }

    @Test
    void aRefusalShowsWhatJetStreamHas() {
        Stream orders = stage.reconciled(orders());
        jetStream.fill(ORDERS, 3);
        jetStream.reject("update", 10065, "JetStream refused: subjects overlap (10065)");
        Outcome outcome = stage.reconcile(stage.changed(orders, stream("orders", "{name: ORDERS, maxAge: 2d}")));
        assertThat(outcome.reason()).isEqualTo(Reason.BLOCKED);
        assertThat(outcome.message()).isEqualTo("JetStream refused: subjects overlap (10065)");
        assertThat(drift(orders)).containsExactly(new Drift("maxAge", "2d", "1d"));
        assertThat(orders.getStatus().messages()).isEqualTo(3);
        assertThat(stage.events()).isEmpty();
    }

    @Test
    void aRefusalThatPassesByItselfIsReconcilingAndShowsWhatIsLeftToDo() {
        Stream orders = stage.reconciled(orders());
        jetStream.reject("update", 10226, "stream reconfiguration already in progress (10226)");
        Outcome outcome = stage.reconcile(stage.changed(orders, stream("orders", "{name: ORDERS, maxAge: 2d}")));
        assertThat(outcome.reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(orders.getStatus().drift()).containsExactly(new Drift("maxAge", "2d", "1d"));
        assertThat(Conditions.find(orders.getStatus().conditions(), "Stalled")).isEmpty();
    }

    @Test
    void anObjectThatTheServerKeepsOfflineIsSaidToBeInItsWords() {
        Stream orders = stage.reconciled(orders());
        jetStream.reject(
                "read",
                10194,
                "stream is offline: unsupported - config error: unknown field \"allow_batched\" (10194)");
        Outcome outcome = stage.reconcile(orders);
        assertThat(outcome.reason()).isEqualTo(Reason.OFFLINE);
        assertThat(outcome.message()).contains("allow_batched");
        assertThat(orders.getStatus().created()).isNotNull();
    }

    @Test
    void aRefusedCreationIsReportedAndTriedAgain() {
        jetStream.reject("create", 10052, "no");
        Stream orders = orders();
        assertThat(stage.reconcile(orders).reason()).isEqualTo(Reason.REJECTED);
        assertThat(orders.getStatus().created()).isNull();
        jetStream.comeBack();
        stage.events();
        assertThat(stage.reconcile(orders).reason()).isEqualTo(Reason.IN_SYNC);
        assertThat(stage.events()).containsExactly("Normal Created: stream ORDERS is created");
    }

    @Test
    void aNewStreamThatIsRefusedAfterTheOldOneWasDeletedIsNotShownAsTheOldOne() {
        Stream orders = stage.reconciled(orders());
        jetStream.fill(ORDERS, 3);
        jetStream.reject("create", 10047, "insufficient storage");
        Outcome outcome = stage.reconcile(stage.changed(orders, orders(", storage: memory, recreatePolicy: Always")));
        assertThat(outcome.reason()).isEqualTo(Reason.BLOCKED);
        assertThat(outcome.message())
                .isEqualTo(
                        "stream ORDERS was deleted, with 3 messages, and the new one is refused: insufficient storage");
        assertThat(jetStream.has(ORDERS)).isFalse();
        assertThat(orders.getStatus().messages()).isNull();
    }

    @Test
    void aServerThatIsTooOldIsNotAsked() {
        jetStream.version("2.10.29");
        Outcome outcome = stage.reconcile(orders(", allowMsgTtl: true"));
        assertThat(outcome.reason()).isEqualTo(Reason.UNSUPPORTED);
        assertThat(outcome.message()).contains("spec.allowMsgTtl needs nats-server 2.11.0", "2.10.29");
        assertThat(jetStream.requests()).isEmpty();
    }

    @Test
    void whatCannotBeReadIsInvalidAndNamesTheField() {
        Outcome outcome = stage.reconcile(stream("orders", "{name: ORDERS, maxAge: soon}"));
        assertThat(outcome.reason()).isEqualTo(Reason.INVALID);
        assertThat(outcome.message()).startsWith("spec.maxAge: 'soon' is not a duration");
        assertThat(jetStream.requests()).isEmpty();
    }

    @Test
    void whatAppearsBetweenReadingAndCreatingIsComparedAgain() {
        Stream orders = stage.reconciled(orders());
        jetStream.remove(ORDERS);
        jetStream.when("create", () -> jetStream.put(ORDERS, unowned(Map.of("max_age", 2 * DAY))));
        Outcome outcome = stage.reconcile(orders);
        assertThat(outcome.reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(outcome.message()).contains("appeared while it was being created");
        assertThat(maxAge()).isEqualTo(2 * DAY);
        assertThat(stage.reconcile(orders).reason()).isEqualTo(Reason.IN_SYNC);
        assertThat(maxAge()).isEqualTo(DAY);
    }

    private static List<Drift> drift(Stream stream) {
        return Objects.requireNonNull(stream.getStatus().drift());
    }
}
