package io.jetwright.operator.asset;

import static io.jetwright.operator.asset.Resources.stream;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jetwright.SettableClock;
import io.jetwright.api.ConsumerSpec;
import io.jetwright.api.RecreatePolicy;
import io.jetwright.api.StreamSpec;
import io.jetwright.jetstream.FakeJetStream;
import io.jetwright.jetstream.JetStreamException;
import io.jetwright.jetstream.Live;
import io.jetwright.operator.asset.kind.Sight;
import io.jetwright.operator.report.Deed;
import io.jetwright.plan.AssetName;
import io.jetwright.plan.AssetName.ConsumerName;
import io.jetwright.plan.AssetName.StreamName;
import io.jetwright.plan.Change;
import io.jetwright.plan.Difference;
import io.jetwright.plan.Mapping;
import io.jetwright.plan.Owner;
import io.jetwright.plan.Settings;
import io.jetwright.status.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ApplierTest {
    private static final StreamName ORDERS = new StreamName("ORDERS");
    private static final ConsumerName BILLING = new ConsumerName("ORDERS", "billing");
    private static final Owner ME = new Owner("here", "shop", "orders");
    private static final boolean SETTLED = true;
    private static final boolean UNSETTLED = false;

    private final SettableClock clock = new SettableClock("2026-06-01T12:00:00Z");
    private final FakeJetStream jetStream = new FakeJetStream();
    private final Applier<StreamSpec> applier = new Applier<>(Mapping.STREAM, clock);

    private static Settings settings(String more) {
        return settings(more, ME);
    }

    private static Settings settings(String more, Owner owner) {
        StreamSpec spec = stream("orders", "{name: ORDERS%s}".formatted(more)).getSpec();
        return Mapping.STREAM.desired(spec, ORDERS, owner);
    }

    private Optional<Live> actual(AssetName name) throws JetStreamException {
        Optional<Live> actual = jetStream.read(name);
        jetStream.requests();
        return actual;
    }

    private Change change(Settings desired, Optional<Live> actual) throws JetStreamException {
        return Mapping.STREAM.change(
                desired, actual.map(Live::settings).orElse(null), jetStream.serverVersion(), clock.instant(), false);
    }

    private Optional<Outcome> apply(Settings desired, @Nullable RecreatePolicy policy, boolean settled)
            throws JetStreamException {
        Optional<Live> actual = actual(ORDERS);
        return applier.apply(jetStream, ORDERS, change(desired, actual), actual, policy, settled);
    }

    private Outcome applied(Settings desired, @Nullable RecreatePolicy policy, boolean settled)
            throws JetStreamException {
        return apply(desired, policy, settled).orElseThrow();
    }

    @Test
    void whatAgreesIsLeftAlone() throws JetStreamException {
        jetStream.put(ORDERS, settings(", maxAge: 1d"));
        Outcome outcome = applied(settings(", maxAge: 1d"), null, SETTLED);
        assertThat(jetStream.requests()).isEmpty();
        assertThat(outcome)
                .isEqualTo(Outcome.of(
                        Reason.IN_SYNC,
                        "JetStream agrees",
                        new Sight.Seen(ORDERS, actual(ORDERS).orElseThrow())));
    }

    @Test
    void whatIsMissingIsCreated() throws JetStreamException {
        Outcome outcome = applied(settings(""), null, UNSETTLED);
        assertThat(jetStream.requests()).containsExactly("create stream ORDERS");
        assertThat(outcome.reason()).isEqualTo(Reason.IN_SYNC);
        assertThat(outcome.deed()).isEqualTo(new Deed("Created", "stream ORDERS is created"));
    }

    @Test
    void whatWasThereBeforeIsRepairedByItsCreation() throws JetStreamException {
        assertThat(applied(settings(""), null, SETTLED).deed())
                .isEqualTo(new Deed("DriftRepaired", "stream ORDERS was gone, and is created again"));
    }

    @Test
    void whatAppearsWhileItIsCreatedIsLeftToTheNextComparison() throws JetStreamException {
        jetStream.when("create", () -> jetStream.put(ORDERS, settings(", maxAge: 2d")));
        assertThat(apply(settings(", maxAge: 1d"), null, UNSETTLED)).isEmpty();
        assertThat(jetStream.get(ORDERS).get("max_age"))
                .isEqualTo(JsonNodeFactory.instance.numberNode(2 * 86_400_000_000_000L));
    }

    @Test
    void anUpdateTellsWhatItChanges() throws JetStreamException {
        jetStream.put(ORDERS, settings(", maxAge: 1d"));
        Outcome outcome = applied(settings(", maxAge: 2d"), null, UNSETTLED);
        assertThat(jetStream.requests()).containsExactly("update stream ORDERS");
        assertThat(outcome.deed()).isEqualTo(new Deed("Updated", "stream ORDERS is updated: maxAge: 1d -> 2d"));
    }

    @Test
    void anUpdateOfWhatAgreedRepairsADrift() throws JetStreamException {
        jetStream.put(ORDERS, settings(", maxAge: 1d"));
        assertThat(applied(settings(", maxAge: 2d"), null, SETTLED).deed())
                .isEqualTo(
                        new Deed("DriftRepaired", "stream ORDERS had been changed, and is repaired: maxAge: 1d -> 2d"));
    }

    @Test
    void anUpdateOfTheMetadataAloneIsNotTold() throws JetStreamException {
        jetStream.put(ORDERS, settings(""));
        assertThat(applied(settings(", storage: file"), null, UNSETTLED).deed()).isNull();
        assertThat(jetStream.requests()).containsExactly("update stream ORDERS");
    }

    @Test
    void anotherOwnerAdoptsWithOrWithoutChanges() throws JetStreamException {
        jetStream.put(ORDERS, settings(", maxAge: 1d", new Owner("here", "shop", "gone")));
        assertThat(applied(settings(", maxAge: 1d"), null, UNSETTLED).deed())
                .isEqualTo(new Deed("Adopted", "stream ORDERS existed and is adopted"));
        jetStream.put(ORDERS, settings(", maxAge: 2d", new Owner("here", "shop", "gone")));
        assertThat(applied(settings(", maxAge: 1d"), null, UNSETTLED).deed())
                .isEqualTo(new Deed("Adopted", "stream ORDERS existed and is adopted, with changes: maxAge: 2d -> 1d"));
    }

    @Test
    void whatTheServerKeepsInSpiteOfTheUpdateIsNotApplied() throws JetStreamException {
        jetStream.put(ORDERS, settings(", maxAge: 1d"));
        jetStream.ignore("max_age");
        Outcome outcome = applied(settings(", maxAge: 2d"), null, UNSETTLED);
        assertThat(outcome.reason()).isEqualTo(Reason.NOT_APPLIED);
        assertThat(outcome.message()).isEqualTo("the server took the request and has other values: maxAge: 1d -> 2d");
        assertThat(outcome.drift()).containsExactly(new Difference("maxAge", "2d", "1d"));
    }

    @Test
    void aPauseIsARequestOfItsOwn() throws JetStreamException {
        jetStream.put(ORDERS, new Settings(Map.of()));
        var consumers = new Applier<ConsumerSpec>(Mapping.CONSUMER, clock);
        ConsumerSpec spec =
                Resources.consumer("billing", "{streamName: ORDERS}").getSpec();
        jetStream.put(BILLING, Mapping.CONSUMER.desired(spec, BILLING, ME));
        Optional<Live> actual = actual(BILLING);
        Settings paused = Mapping.CONSUMER
                .desired(spec, BILLING, ME)
                .with("pause_until", JsonNodeFactory.instance.textNode("2026-07-01T00:00:00Z"));

        Outcome outcome = consumers
                .apply(
                        jetStream,
                        BILLING,
                        new Change.Update(paused, List.of(), false, true, false),
                        actual,
                        null,
                        UNSETTLED)
                .orElseThrow();

        assertThat(jetStream.requests())
                .containsExactly("pause consumer billing of stream ORDERS", "read consumer billing of stream ORDERS");
        assertThat(outcome.deed())
                .isEqualTo(new Deed(
                        "Updated",
                        "consumer billing of stream ORDERS is updated: pauseUntil: (none) -> 2026-07-01T00:00:00Z"));
    }

    @ParameterizedTest
    @EnumSource(
            value = RecreatePolicy.class,
            names = {"NEVER", "IF_EMPTY"})
    void anImmutableChangeOfWhatHoldsMessagesIsRefusedAndNamesTheWayOut(RecreatePolicy policy)
            throws JetStreamException {
        jetStream.put(ORDERS, settings(""));
        jetStream.fill(ORDERS, 3);
        Outcome outcome = applied(settings(", storage: memory"), policy, SETTLED);
        assertThat(jetStream.requests()).isEmpty();
        assertThat(outcome.reason()).isEqualTo(Reason.IMMUTABLE);
        assertThat(outcome.message())
                .startsWith("the server cannot change this on stream ORDERS: storage: file -> memory")
                .contains("3 messages now")
                .endsWith("all messages are lost");
        assertThat(outcome.drift()).containsExactly(new Difference("storage", "memory", "file"));
        assertThat(outcome.sight()).isInstanceOf(Sight.Seen.class);
    }

    @Test
    void withoutAPolicyNothingIsRecreated() throws JetStreamException {
        jetStream.put(ORDERS, settings(""));
        assertThat(applied(settings(", storage: memory"), null, SETTLED).reason())
                .isEqualTo(Reason.IMMUTABLE);
        assertThat(jetStream.requests()).isEmpty();
    }

    @Test
    void recreationIfEmptyReplacesWhatIsEmpty() throws JetStreamException {
        jetStream.put(ORDERS, settings(""));
        Outcome outcome = applied(settings(", storage: memory"), RecreatePolicy.IF_EMPTY, SETTLED);
        assertThat(jetStream.requests()).containsExactly("delete stream ORDERS", "create stream ORDERS");
        assertThat(outcome.reason()).isEqualTo(Reason.IN_SYNC);
        assertThat(outcome.deed())
                .isEqualTo(new Deed(
                        "Recreated",
                        "stream ORDERS is deleted, with 0 messages, and created anew: storage: file -> memory"));
    }

    @Test
    void recreationAlwaysTellsHowManyMessagesWereLost() throws JetStreamException {
        jetStream.put(ORDERS, settings(""));
        jetStream.fill(ORDERS, 3);
        assertThat(applied(settings(", storage: memory"), RecreatePolicy.ALWAYS, SETTLED)
                        .deed())
                .isEqualTo(new Deed(
                        "Recreated",
                        "stream ORDERS is deleted, with 3 messages, and created anew: storage: file -> memory"));
    }

    @Test
    void aRecreationThatIsRefusedLeavesNothing() throws JetStreamException {
        jetStream.put(ORDERS, settings(""));
        jetStream.reject("create", 10047, "insufficient storage");
        assertThat(applied(settings(", storage: memory"), RecreatePolicy.ALWAYS, SETTLED))
                .isEqualTo(
                        Outcome.of(
                                        Reason.BLOCKED,
                                        "stream ORDERS was deleted, with 0 messages, and the new one is refused: insufficient storage",
                                        new Sight.Absent())
                                .deed(
                                        "Deleted",
                                        "stream ORDERS was deleted, with 0 messages, and the new one is refused: insufficient storage"));
        assertThat(jetStream.has(ORDERS)).isFalse();
    }

    @Test
    void aRecreationThatTheServerCannotDoForNowLeavesNothingAndSaysSo() throws JetStreamException {
        jetStream.put(ORDERS, settings(""));
        jetStream.fill(ORDERS, 3);
        jetStream.reject("create", 10023, "insufficient resources");
        Outcome outcome = applied(settings(", storage: memory"), RecreatePolicy.ALWAYS, SETTLED);
        assertThat(outcome.reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(outcome.sight()).isEqualTo(new Sight.Absent());
        assertThat(outcome.message()).contains("was deleted, with 3 messages", "insufficient resources");
        assertThat(outcome.deed()).isEqualTo(new Deed("Deleted", outcome.message()));
    }

    @Test
    void whatAppearsBetweenDeletionAndCreationIsLeftToTheNextComparison() throws JetStreamException {
        jetStream.put(ORDERS, settings(""));
        jetStream.when("create", () -> jetStream.put(ORDERS, settings(", maxAge: 2d")));
        assertThat(apply(settings(", storage: memory"), RecreatePolicy.ALWAYS, SETTLED))
                .isEmpty();
        assertThat(jetStream.has(ORDERS)).isTrue();
    }
}
