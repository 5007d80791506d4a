package io.jetwright.operator.asset;

import io.fabric8.kubernetes.api.model.Condition;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.jetwright.api.Asset;
import io.jetwright.api.AssetSpec;
import io.jetwright.api.AssetStatus;
import io.jetwright.api.Drift;
import io.jetwright.api.Unmanaged;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.operator.asset.kind.Kind;
import io.jetwright.operator.asset.kind.Sight;
import io.jetwright.operator.asset.kind.Target;
import io.jetwright.operator.connection.Route;
import io.jetwright.operator.report.Assessment;
import io.jetwright.operator.report.Readings;
import io.jetwright.operator.report.Reporter;
import io.jetwright.operator.wake.Again;
import io.jetwright.operator.wake.Hub;
import io.jetwright.plan.AssetName;
import io.jetwright.status.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reconciles and deletes the resources of one kind, in the terms of the Java Operator SDK: has the {@link Loop} or the
 * {@link Deletion} work, reports the outcome, says when to look again, and tells the {@link Hub} what was done.
 */
final class AssetController<R extends Asset<S, T>, S extends AssetSpec, T extends AssetStatus> {
    /** How much the status shows of what JetStream has beyond the spec. */
    private static final int UNMANAGED_SHOWN = 20;

    private static final int VALUE_LENGTH = 200;

    private final Kind<R, S, T> kind;
    private final Loop<R, S, T> loop;
    private final Deletion<R> deletion;
    private final Claims claims;
    private final BlockedResources blocked;
    private final Reporter<R, T> reporter;
    private final Readings readings;
    private final Again again;
    private final Hub hub;

    AssetController(AssetParts parts, Kind<R, S, T> kind) {
        this(
                kind,
                new Loop<>(kind, parts.kinds(), parts.connections()::get, parts.cluster(), parts.clock()),
                new Deletion<>(kind, parts.connections()::get, parts.cluster()),
                new Claims(parts.cluster(), parts.kinds(), parts.connections()::get),
                parts.blocked(),
                new Reporter<>(
                        kind.view().resource(),
                        kind.view().own(),
                        parts.writes()::isDue,
                        parts.conditions(),
                        parts.events()),
                parts.readings(),
                parts.again(),
                parts.hub());
    }

    AssetController(
            Kind<R, S, T> kind,
            Loop<R, S, T> loop,
            Deletion<R> deletion,
            Claims claims,
            BlockedResources blocked,
            Reporter<R, T> reporter,
            Readings readings,
            Again again,
            Hub hub) {
        this.kind = kind;
        this.loop = loop;
        this.deletion = deletion;
        this.claims = claims;
        this.blocked = blocked;
        this.reporter = reporter;
        this.readings = readings;
        this.again = again;
        this.hub = hub;
    }

    /**
     * Makes JetStream agree with the resource, and reports how it is.
     *
     * @param statuses takes a resource with no more than its name and the status to write, if that is worth a write
     */
    UpdateControl<R> reconcile(R resource, Consumer<R> statuses) {
        claims.endedBy(resource).forEach(object -> hub.released(object.connection(), object.name()));
        Duration delay = loop.reconcile(resource)
                .map(outcome -> reportOrWait(resource, outcome, statuses))
                .orElse(Again.SOON);
        return UpdateControl.<R>noUpdate().rescheduleAfter(delay);
    }

    /** Returns after how long to look again. */
    private Duration reportOrWait(R resource, Outcome outcome, Consumer<R> statuses) {
        if (outcome.reason() == Reason.BLOCKED && kind.naming().route(resource) instanceof Route.Open open) {
            return reportRefusal(resource, outcome, open.settings(), statuses);
        }
        blocked.remove(resource);
        report(resource, outcome, statuses);
        Duration regular = again.after(outcome.reason());
        return outcome.sight() instanceof Sight.Seen seen
                ? seen.live()
                        .migratingFor()
                        .map(again::afterWaiting)
                        .filter(sooner -> sooner.compareTo(regular) < 0)
                        .orElse(regular)
                : regular;
    }

    private void report(R resource, Outcome outcome, Consumer<R> statuses) {
        if (resource.getStatus() == null && kind.naming().route(resource) instanceof Route.Open open) {
            hub.used(open.settings());
        }
        write(resource, outcome, statuses);
        if (outcome.deed() != null) {
            tellOthers(resource, outcome.sight());
        }
    }

    /** What blocks it may pass without any news: a client, or an object of which no advisory tells. */
    private Duration reportRefusal(R resource, Outcome outcome, ConnectionSettings connection, Consumer<R> statuses) {
        Duration elapsed = blocked.refused(resource, connection);
        boolean mayPass = blocked.mayPass(resource, connection, elapsed);
        report(resource, mayPass ? outcome : outcome.because(Reason.REJECTED, outcome.message()), statuses);
        return again.afterWaiting(elapsed);
    }

    private void write(R resource, Outcome outcome, Consumer<R> statuses) {
        T known = kind.view().known(outcome.sight(), resource.getStatus());
        switch (outcome.sight()) {
            case Sight.Seen seen -> readings.read(resource, known);
            case Sight.Absent absent -> readings.forget(resource);
            case Sight.Unresolved unresolved -> readings.forget(resource);
            case Sight.Unseen unseen -> {}
        }
        reporter.report(
                        resource,
                        assessment(kind, resource, outcome),
                        outcome.deed(),
                        conditions -> status(kind, resource, known, outcome, conditions))
                .ifPresent(statuses);
    }

    /** How the resource is after an outcome, with what its kind tells beside it. */
    static <R extends Asset<?, ?>> Assessment assessment(Kind<R, ?, ?> kind, R resource, Outcome outcome) {
        return kind.side().apply(resource).map(outcome.assessment()::with).orElseGet(outcome::assessment);
    }

    /**
     * The status that an outcome comes to, with these conditions.
     *
     * @param known what is known of the JetStream object after it
     */
    static <R extends Asset<?, T>, T extends AssetStatus> T status(
            Kind<R, ?, T> kind, R resource, T known, Outcome outcome, List<Condition> conditions) {
        List<Drift> drift = outcome.drift().stream()
                .map(difference -> new Drift(difference.field(), difference.desired(), difference.actual()))
                .toList();
        List<Unmanaged> unmanaged = outcome.unmanaged().stream()
                .limit(UNMANAGED_SHOWN)
                .map(difference -> new Unmanaged(difference.field(), shortened(difference.actual())))
                .toList();
        return kind.view()
                .reporting()
                .with(
                        known,
                        resource.getMetadata().getGeneration(),
                        conditions,
                        drift.isEmpty() ? null : drift,
                        unmanaged.isEmpty() ? null : unmanaged);
    }

    private static String shortened(String value) {
        return value.length() <= VALUE_LENGTH ? value : value.substring(0, VALUE_LENGTH - 3) + "...";
    }

    /** After the report, since the Java Operator SDK takes the resource's name off the log lines once another is woken. */
    private void tellOthers(R resource, Sight sight) {
        if (!(kind.naming().route(resource) instanceof Route.Open open)) {
            return;
        }
        if (!(sight instanceof Sight.Seen seen)) {
            hub.freed(open.settings());
            return;
        }
        hub.done(open.settings(), seen.name(), resource);
        if (seen.name() instanceof AssetName.ConsumerName consumer) {
            hub.counted(open.settings(), consumer);
        }
    }

    /** The reconciliation or the deletion has failed as nobody foresaw. */
    void failed(R resource, Exception failure, Consumer<R> statuses) {
        Assessment.ofUnforeseen(failure)
                .ifPresent(
                        assessment -> write(resource, Outcome.of(assessment.reason(), assessment.message()), statuses));
    }

    DeleteControl cleanup(R resource, Consumer<R> statuses) {
        Optional<Outcome> obstacle = deletion.cleanup(resource)
                .map(outcome -> outcome.reason() == Reason.BLOCKED
                        ? outcome.because(Reason.REJECTED, outcome.message())
                        : outcome);
        if (obstacle.isPresent()) {
            Reason reason = obstacle.get().reason();
            if (reason != Reason.PENDING) {
                write(resource, obstacle.get(), statuses);
            }
            return DeleteControl.noFinalizerRemoval().rescheduleAfter(again.after(reason));
        }
        claims.forget(resource);
        blocked.remove(resource);
        readings.forget(resource);
        if (kind.naming().lastKnown(resource) instanceof Target.Resolved released) {
            hub.released(released.connection(), released.name());
            hub.used(released.connection());
            if (released.name() instanceof AssetName.ConsumerName consumer) {
                hub.counted(released.connection(), consumer);
            }
        }
        return DeleteControl.defaultDelete();
    }
}
