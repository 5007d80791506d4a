package io.jetwright.operator.asset;

import io.jetwright.api.RecreatePolicy;
import io.jetwright.jetstream.JetStream;
import io.jetwright.jetstream.JetStreamException;
import io.jetwright.jetstream.Live;
import io.jetwright.operator.asset.kind.Sight;
import io.jetwright.operator.report.Assessment;
import io.jetwright.plan.AssetName;
import io.jetwright.plan.Change;
import io.jetwright.plan.Difference;
import io.jetwright.plan.Mapping;
import io.jetwright.plan.Owner;
import io.jetwright.plan.Settings;
import io.jetwright.status.Reason;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Brings a change about in JetStream: the only place that writes to it, but for deletion. */
final class Applier<S> {
    private static final String AGREES = "JetStream agrees";

    private final Mapping<S> mapping;
    private final Clock clock;

    Applier(Mapping<S> mapping, Clock clock) {
        this.mapping = mapping;
        this.clock = clock;
    }

    /**
     * Applies a change.
     *
     * @param actual what there is before
     * @param settled whether JetStream agreed with this spec before, so that a change repairs a drift
     * @return empty when an object was to be created, and one exists
     */
    Optional<Outcome> apply(
            JetStream jetStream,
            AssetName name,
            Change change,
            Optional<Live> actual,
            @Nullable RecreatePolicy recreatePolicy,
            boolean settled)
            throws JetStreamException {
        return switch (change) {
            case Change.None none ->
                Optional.of(Outcome.of(Reason.IN_SYNC, AGREES, new Sight.Seen(name, actual.orElseThrow())));
            case Change.Create create -> create(jetStream, name, create.settings(), settled);
            case Change.Update update -> Optional.of(update(jetStream, name, update, actual.orElseThrow(), settled));
            case Change.Immutable immutable ->
                recreate(jetStream, name, immutable, actual.orElseThrow(), recreatePolicy);
        };
    }

    private Optional<Outcome> create(JetStream jetStream, AssetName name, Settings settings, boolean settled)
            throws JetStreamException {
        Optional<Live> created = jetStream.create(name, settings);
        if (created.isEmpty()) {
            return Optional.empty();
        }
        Outcome outcome = checked(jetStream, name, settings, created.get());
        return Optional.of(
                settled
                        ? outcome.deed("DriftRepaired", name + " was gone, and is created again")
                        : outcome.deed("Created", name + " is created"));
    }

    private Outcome update(JetStream jetStream, AssetName name, Change.Update update, Live before, boolean settled)
            throws JetStreamException {
        Live after = update.config() ? jetStream.update(name, update.settings()) : before;
        if (update.pause() && name instanceof AssetName.ConsumerName consumer) {
            jetStream.pause(consumer, update.settings().get("pause_until"));
            after = jetStream.read(name).orElse(after);
        }
        Outcome outcome = checked(jetStream, name, update.settings(), after);
        String changes = Difference.show(mapping.compare(before.settings(), after.settings()));
        if (!Owner.of(before.settings()).equals(Owner.of(update.settings()))) {
            return outcome.deed(
                    "Adopted",
                    name + " existed and is adopted" + (changes.isEmpty() ? "" : ", with changes: " + changes));
        }
        if (changes.isEmpty()) {
            return outcome;
        }
        return settled
                ? outcome.deed("DriftRepaired", name + " had been changed, and is repaired: " + changes)
                : outcome.deed("Updated", name + " is updated: " + changes);
    }

    private Optional<Outcome> recreate(
            JetStream jetStream,
            AssetName name,
            Change.Immutable immutable,
            Live before,
            @Nullable RecreatePolicy recreatePolicy)
            throws JetStreamException {
        boolean mayRecreate = recreatePolicy == RecreatePolicy.ALWAYS
                || (recreatePolicy == RecreatePolicy.IF_EMPTY && before.isEmpty());
        if (!mayRecreate) {
            String message =
                    "the server cannot change this on %s: %s. Put the old value back, or set recreatePolicy: IfEmpty (it has %s now) or Always, which deletes it and creates it anew: %s"
                            .formatted(
                                    name,
                                    Difference.show(immutable.differences()),
                                    before.contents(),
                                    name instanceof AssetName.StreamName
                                            ? "all messages are lost"
                                            : "it begins again where deliverPolicy says");
            return Optional.of(Outcome.of(Reason.IMMUTABLE, message, new Sight.Seen(name, before))
                    .drift(immutable.differences()));
        }
        jetStream.delete(name);
        Optional<Live> created;
        try {
            created = jetStream.create(name, immutable.settings());
        } catch (JetStreamException.Rejected | JetStreamException.Unavailable e) {
            String message = "%s was deleted, with %s, and the new one is refused: %s"
                    .formatted(name, before.contents(), e.withCure(mapping::specField));
            return Optional.of(Outcome.of(Assessment.of(e).reason(), message, new Sight.Absent())
                    .deed("Deleted", message));
        }
        if (created.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(checked(jetStream, name, immutable.settings(), created.get())
                .deed(
                        "Recreated",
                        "%s is deleted, with %s, and created anew: %s"
                                .formatted(name, before.contents(), Difference.show(immutable.differences()))));
    }

    /** Whether the server has kept what it was given. */
    private Outcome checked(JetStream jetStream, AssetName name, Settings desired, Live after)
            throws JetStreamException {
        var sight = new Sight.Seen(name, after);
        List<Difference> left = mapping.change(
                        desired, after.settings(), jetStream.serverVersion(), clock.instant(), false)
                .differences();
        return left.isEmpty()
                ? Outcome.of(Reason.IN_SYNC, AGREES, sight)
                : Outcome.of(
                                Reason.NOT_APPLIED,
                                "the server took the request and has other values: " + Difference.show(left),
                                sight)
                        .drift(left);
    }
}
