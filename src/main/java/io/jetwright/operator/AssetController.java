package io.jetwright.operator;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.jetwright.api.Asset;
import io.jetwright.api.AssetSpec;
import io.jetwright.api.AssetStatus;
import io.jetwright.plan.AssetName;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Loop, report and again, in the terms of the Java Operator SDK; what the reconcilers of all kinds have in common. */
final class AssetController<R extends Asset<S, T>, S extends AssetSpec, T extends AssetStatus> {
    /** What the server-side applied fields of ours are kept under. */
    static final String FIELD_MANAGER = "jetwright";

    static final String FINALIZER = "jetwright.io/finalizer";

    /** When to look again for something that is on its way; its own event mostly comes before. */
    private static final Duration COMING = Duration.ofSeconds(2);

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
            public void changed(AssetName name) {
                wakeups.wake(kind.concernedBy(name));
            }

            @Override
            public void done(AssetName name, Asset<?, ?> doer) {
                wakeups.wake(kind.concernedBy(name, doer).filter(other -> !isSame(other, doer)));
            }

            @Override
            public void counted(AssetName.StreamName stream) {
                wakeups.wake(kind.counting(stream));
            }

            @Override
            public void everything() {
                wakeups.wake(all.get());
            }
        });
    }

    Wakeups<R> wakeups() {
        return wakeups;
    }

    UpdateControl<R> reconcile(R resource, Context<R> context) {
        return loop.reconcile(resource)
                .map(outcome -> report(resource, outcome, context))
                .orElseGet(() -> UpdateControl.<R>noUpdate().rescheduleAfter(COMING));
    }

    private UpdateControl<R> report(R resource, Outcome outcome, Context<R> context) {
        reporter.report(resource, outcome).ifPresent(fresh -> patchStatus(resource, fresh, context));
        if (outcome.deed() != null && outcome.sight() instanceof Kind.Sight.Seen seen) {
            tellOthers(resource, seen.name());
        }
        return UpdateControl.<R>noUpdate().rescheduleAfter(again.after(outcome.reason()));
    }

    /** After the report: waking a resource takes this one's name from the log lines that follow. */
    private void tellOthers(R resource, AssetName name) {
        feed.done(name, resource);
        if (name instanceof AssetName.ConsumerName consumer) {
            feed.counted(consumer);
        }
    }

    private static boolean isSame(Asset<?, ?> one, Asset<?, ?> other) {
        return one.getClass() == other.getClass()
                && ResourceID.fromResource(one).equals(ResourceID.fromResource(other));
    }

    DeleteControl cleanup(R resource, Context<R> context) {
        Optional<Outcome> obstacle = deletion.cleanup(resource);
        if (obstacle.isPresent()) {
            reporter.report(resource, obstacle.get()).ifPresent(fresh -> patchStatus(resource, fresh, context));
            return DeleteControl.noFinalizerRemoval()
                    .rescheduleAfter(again.after(obstacle.get().reason()));
        }
        Target.Resolved released = kind.lastKnown(resource);
        if (released != null) {
            feed.changed(released.name());
            if (released.name() instanceof AssetName.ConsumerName consumer) {
                feed.counted(consumer);
            }
        }
        return DeleteControl.defaultDelete();
    }

    /** The next reconciliation starts from this status, even if it comes before the watch has told of it. */
    private void patchStatus(R resource, R fresh, Context<R> context) {
        try {
            R patched = context.getClient()
                    .resource(fresh)
                    .subresource("status")
                    .patch(new PatchContext.Builder()
                            .withPatchType(PatchType.SERVER_SIDE_APPLY)
                            .withFieldManager(FIELD_MANAGER)
                            .withForce(true)
                            .build());
            context.eventSourceRetriever()
                    .getControllerEventSource()
                    .handleRecentResourceUpdate(ResourceID.fromResource(patched), patched, resource);
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
        }
    }
}
