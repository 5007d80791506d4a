package io.jetwright.operator.asset;

import io.jetwright.api.Asset;
import io.jetwright.api.AssetSpec;
import io.jetwright.api.AssetStatus;
import io.jetwright.jetstream.JetStream;
import io.jetwright.jetstream.JetStreamException;
import io.jetwright.jetstream.Live;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.operator.asset.kind.Kind;
import io.jetwright.operator.asset.kind.Kinds;
import io.jetwright.operator.asset.kind.Sight;
import io.jetwright.operator.asset.kind.Target;
import io.jetwright.plan.AssetName;
import io.jetwright.plan.Change;
import io.jetwright.plan.Difference;
import io.jetwright.plan.ServerVersion;
import io.jetwright.plan.Settings;
import io.jetwright.status.Conditions;
import io.jetwright.status.Reason;
import io.jetwright.status.Truth;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Resolve, desired, actual, change, apply: from a resource to an outcome, for every kind that lives in JetStream. */
final class Loop<R extends Asset<S, T>, S extends AssetSpec, T extends AssetStatus> {
    private final Kind<R, S, T> kind;
    private final Function<ConnectionSettings, JetStream> connections;
    private final Cluster cluster;
    private final Claims claims;
    private final Applier<S> applier;
    private final Clock clock;

    Loop(
            Kind<R, S, T> kind,
            Kinds kinds,
            Function<ConnectionSettings, JetStream> connections,
            Cluster cluster,
            Clock clock) {
        this.kind = kind;
        this.connections = connections;
        this.cluster = cluster;
        this.claims = new Claims(cluster, kinds, connections);
        this.applier = new Applier<>(kind.mapping(), clock);
        this.clock = clock;
    }

    /**
     * Makes JetStream agree with the resource, as far as its policies allow.
     *
     * @return empty when there is nothing to report yet, since what the resource refers to is pending
     */
    Optional<Outcome> reconcile(R resource) {
        if (resource.getSpec().suspends()) {
            return Optional.of(
                    Outcome.of(Reason.SUSPENDED, "JetStream is neither read nor written while spec.suspend is true"));
        }
        String connection = kind.naming().connection(resource);
        try {
            return switch (kind.naming().resolve(resource)) {
                case Target.Pending pending -> Optional.empty();
                case Target.Missing missing -> Optional.of(missing(missing));
                case Target.Resolved target ->
                    Optional.of(reconcile(resource, target))
                            .map(outcome -> outcome.sight(outcome.sight().on(connection)));
            };
        } catch (JetStreamException.Pending e) {
            return Optional.empty();
        } catch (JetStreamException e) {
            return Optional.of(Outcome.failed(e, kind.mapping()));
        } catch (IllegalArgumentException e) {
            return Optional.of(Outcome.of(Reason.INVALID, String.valueOf(e.getMessage())));
        }
    }

    private Outcome reconcile(R resource, Target.Resolved target) throws JetStreamException {
        JetStream jetStream = connections.apply(target.connection());
        return withQuorum(target.name(), createOrCompare(resource, jetStream, target));
    }

    /** Whether a consumer exists is not known while its stream is not; of other objects all is as it was last known. */
    private static Outcome missing(Target.Missing missing) {
        Sight sight = missing.reason() == Reason.STREAM_NOT_READY ? new Sight.Unresolved() : new Sight.Unseen();
        return Outcome.of(missing.reason(), missing.message(), sight);
    }

    /**
     * Creates the object of a resource that was never reported on, without reading it first, which saves a request: JetStream
     * leaves an object that exists as it is. Otherwise, or if it exists, reads and compares.
     */
    private Outcome createOrCompare(R resource, JetStream jetStream, Target.Resolved target) throws JetStreamException {
        AssetName name = target.name();
        Optional<String> unsupported = kind.mapping().unsupported(resource.getSpec(), name, jetStream.serverVersion());
        if (unsupported.isPresent()) {
            return Outcome.of(Reason.UNSUPPORTED, unsupported.get());
        }
        Settings desired = kind.mapping().desired(resource.getSpec(), name, cluster.owner(resource));
        if (resource.getStatus() == null && !resource.getSpec().observes()) {
            Optional<Outcome> created = compareAndApply(resource, jetStream, target, desired, Optional.empty());
            if (created.isPresent()) {
                return withUnmanaged(resource, jetStream, desired, created.get());
            }
        }
        Optional<Outcome> compared = compareAndApply(resource, jetStream, target, desired, jetStream.read(name));
        return compared.isPresent()
                ? withUnmanaged(resource, jetStream, desired, compared.get())
                : Outcome.of(Reason.UNREACHABLE, name + " appeared while it was being created; it is compared again");
    }

    /**
     * Compares, and applies what differs.
     *
     * @param actual what JetStream has; empty when the object does not exist, or is assumed not to
     * @return empty when the object was to be created, and exists
     */
    private Optional<Outcome> compareAndApply(
            R resource, JetStream jetStream, Target.Resolved target, Settings desired, Optional<Live> actual)
            throws JetStreamException {
        AssetName name = target.name();
        ServerVersion server = jetStream.serverVersion();
        Change change = kind.mapping()
                .change(
                        desired,
                        actual.map(Live::settings).orElse(null),
                        server,
                        clock.instant(),
                        resource.getSpec().resets());
        Sight sight = actual.<Sight>map(live -> new Sight.Seen(name, live)).orElseGet(Sight.Absent::new);
        if (resource.getSpec().observes()) {
            return Optional.of(observed(name, change, sight));
        }
        Claim claim = claims.of(resource, target, actual);
        if (claim instanceof Claim.Refused refused) {
            return Optional.of(Outcome.of(Reason.CONFLICT, name + ": " + refused.message(), sight)
                    .drift(change.differences()));
        }
        try {
            Optional<Outcome> outcome = applier.apply(
                    jetStream, name, change, actual, resource.getSpec().recreatePolicy(), isSettled(resource));
            return change instanceof Change.Update update && update.again() && outcome.isPresent()
                    ? afterFirstStep(resource, jetStream, target, desired, outcome.get())
                    : outcome;
        } catch (JetStreamException.Rejected | JetStreamException.Unavailable e) {
            return Optional.of(Outcome.failed(e, kind.mapping()).sight(sight).drift(change.differences()));
        }
    }

    /** What is left after an update that the server takes in two steps only; told of as one. */
    private Optional<Outcome> afterFirstStep(
            R resource, JetStream jetStream, Target.Resolved target, Settings desired, Outcome first)
            throws JetStreamException {
        return first.sight() instanceof Sight.Seen seen
                ? compareAndApply(resource, jetStream, target, desired, Optional.of(seen.live()))
                        .map(second -> second.deed(first.deed()))
                : Optional.of(first);
    }

    private Outcome withUnmanaged(R resource, JetStream jetStream, Settings desired, Outcome outcome)
            throws JetStreamException {
        return outcome.sight() instanceof Sight.Seen seen && !resource.getSpec().resets()
                ? outcome.unmanaged(kind.mapping()
                        .unmanaged(desired, seen.live().settings(), jetStream.serverVersion(), clock.instant()))
                : outcome;
    }

    /** An object that agrees with its resource, and can store nothing, is not Ready. */
    private static Outcome withQuorum(AssetName name, Outcome outcome) {
        if (outcome.reason() != Reason.IN_SYNC || !(outcome.sight() instanceof Sight.Seen seen)) {
            return outcome;
        }
        return seen.live()
                .obstacle()
                .map(obstacle ->
                        outcome.because(Reason.NO_QUORUM, name + " is as declared, but stores nothing: " + obstacle))
                .orElse(outcome);
    }

    private static Outcome observed(AssetName name, Change change, Sight sight) {
        if (change instanceof Change.Create) {
            return Outcome.of(
                    Reason.NOT_FOUND,
                    name + " does not exist, and managementPolicy: Observe does not create it",
                    sight);
        }
        List<Difference> drift = change.differences();
        return drift.isEmpty()
                ? Outcome.of(Reason.IN_SYNC, "JetStream agrees; it is observed, and never written to", sight)
                : Outcome.of(
                                Reason.DRIFTED,
                                "JetStream disagrees, and is only observed: " + Difference.show(drift),
                                sight)
                        .drift(drift);
    }

    /** Whether JetStream agreed with this very generation before, so that a change now repairs a drift. */
    private static boolean isSettled(Asset<?, ?> resource) {
        AssetStatus status = resource.getStatus();
        return status != null
                && status.created() != null
                && status.isCurrent(resource)
                && Conditions.find(status.conditions(), "Synced")
                        .filter(synced -> !Truth.FALSE.word().equals(synced.getStatus()))
                        .isPresent();
    }
}
