package io.jetwright.operator.asset;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.jetwright.api.Asset;
import io.jetwright.api.AssetSpec;
import io.jetwright.api.AssetStatus;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.operator.asset.kind.Kind;
import io.jetwright.operator.asset.kind.Target;
import io.jetwright.operator.connection.Route;
import io.jetwright.operator.report.StatusPatch;
import io.jetwright.operator.wake.Again;
import io.jetwright.operator.wake.Feed;
import io.jetwright.operator.wake.Wakeups;
import io.jetwright.plan.AssetName;
import io.jetwright.status.Reason;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Loop, report and again, in the terms of the Java Operator SDK; what the reconcilers of all kinds have in common. */
public final class AssetController<R extends Asset<S, T>, S extends AssetSpec, T extends AssetStatus> {
    /** What the server-side applied fields of ours are kept under. */
    public static final String FIELD_MANAGER = "jetwright";

    public static final String FINALIZER = "jetwright.io/finalizer";

    private final Kind<R, S, T> kind;
    private final Loop<R, S, T> loop;
    private final Deletion<R> deletion;
    private final Reporter<R, S, T> reporter;
    private final Again again;
    private final Feed feed;
    private final Wakeups<R> wakeups = new Wakeups<>();

    AssetController(Parts parts, Kind<R, S, T> kind, Supplier<Stream<R>> all) {
        this.kind = kind;
        parts.kinds().add(kind);
        this.loop = new Loop<>(kind, parts.kinds(), parts.connections()::get, parts.cluster(), parts.clock());
        this.deletion = new Deletion<>(kind, parts.connections()::get, parts.cluster());
        this.reporter = new Reporter<>(kind, parts.conditions(), parts.events());
        this.again = parts.again();
        this.feed = parts.feed();
        feed.add(new Feed.Ear() {
            @Override
            public void changed(ConnectionSettings connection, AssetName name) {
                wakeups.wake(() -> on(connection, kind.concernedBy(name)));
            }

            @Override
            public void done(ConnectionSettings connection, AssetName name, Asset<?, ?> doer) {
                wakeups.wake(() -> on(connection, kind.concernedBy(name, doer)).filter(other -> !isSame(other, doer)));
            }

            @Override
            public void counted(ConnectionSettings connection, AssetName.StreamName stream) {
                wakeups.wake(() -> on(connection, kind.counting(stream)));
            }

            @Override
            public void everything(ConnectionSettings connection) {
                wakeups.wake(() -> on(connection, all.get()));
            }
        });
        parts.directory().listen(connection -> wakeups.wake(() -> kind.using(connection)));
    }

    private Stream<R> on(ConnectionSettings connection, Stream<R> resources) {
        return resources.filter(resource -> kind.isOn(resource, connection));
    }

    Wakeups<R> wakeups() {
        return wakeups;
    }

    UpdateControl<R> reconcile(R resource, Context<R> context) {
        return loop.reconcile(resource)
                .map(outcome -> report(resource, outcome, context))
                .orElseGet(() -> UpdateControl.<R>noUpdate().rescheduleAfter(Again.COMING));
    }

    private UpdateControl<R> report(R resource, Outcome outcome, Context<R> context) {
        if (resource.getStatus() == null && kind.route(resource) instanceof Route.Open open) {
            feed.used(open.settings());
        }
        reporter.report(resource, outcome).ifPresent(fresh -> StatusPatch.apply(resource, fresh, context));
        if (outcome.deed() != null && outcome.sight() instanceof Kind.Sight.Seen seen) {
            tellOthers(resource, seen.name());
        }
        return UpdateControl.<R>noUpdate().rescheduleAfter(again.after(outcome.reason()));
    }

    /** After the report: waking a resource takes this one's name from the log lines that follow. */
    private void tellOthers(R resource, AssetName name) {
        if (kind.route(resource) instanceof Route.Open open) {
            feed.done(open.settings(), name, resource);
            if (name instanceof AssetName.ConsumerName consumer) {
                feed.counted(open.settings(), consumer);
            }
        }
    }

    private static boolean isSame(Asset<?, ?> one, Asset<?, ?> other) {
        return one.getClass() == other.getClass()
                && ResourceID.fromResource(one).equals(ResourceID.fromResource(other));
    }

    DeleteControl cleanup(R resource, Context<R> context) {
        Optional<Outcome> obstacle = deletion.cleanup(resource);
        if (obstacle.isPresent()) {
            Reason reason = obstacle.get().reason();
            if (reason != Reason.CONNECTING) {
                reporter.report(resource, obstacle.get())
                        .ifPresent(fresh -> StatusPatch.apply(resource, fresh, context));
            }
            return DeleteControl.noFinalizerRemoval().rescheduleAfter(again.after(reason));
        }
        if (kind.lastKnown(resource) instanceof Target.Resolved released) {
            feed.changed(released.connection(), released.name());
            feed.used(released.connection());
            if (released.name() instanceof AssetName.ConsumerName consumer) {
                feed.counted(released.connection(), consumer);
            }
        }
        return DeleteControl.defaultDelete();
    }
}
