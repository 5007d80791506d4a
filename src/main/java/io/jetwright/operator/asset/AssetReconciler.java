package io.jetwright.operator.asset;

import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.jetwright.api.Asset;
import io.jetwright.api.AssetSpec;
import io.jetwright.api.AssetStatus;
import io.jetwright.operator.asset.kind.Kind;
import io.jetwright.operator.report.Containment;
import io.jetwright.operator.report.StatusPatch;
import io.jetwright.operator.wake.Wakeups;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hands the resources of one kind to its {@link AssetController}, which exists once the SDK has made the kind's cache. */
abstract class AssetReconciler<R extends Asset<S, T>, S extends AssetSpec, T extends AssetStatus>
        implements Reconciler<R>, Cleaner<R> {
    private final AssetParts parts;
    private @Nullable AssetController<R, S, T> controller;

    AssetReconciler(AssetParts parts) {
        this.parts = parts;
    }

    /**
     * The kind.
     *
     * @param sources to which it adds what else makes its resources be reconciled
     */
    abstract Kind<R, S, T> kind(AssetParts parts, EventSourceContext<R> context, List<EventSource<?, R>> sources);

    @Override
    public final List<EventSource<?, R>> prepareEventSources(EventSourceContext<R> context) {
        List<EventSource<?, R>> sources = new ArrayList<>();
        Kind<R, S, T> kind = kind(parts, context, sources);
        parts.kinds().add(kind);
        controller = new AssetController<>(parts, kind);
        var wakeups = new Wakeups<R>();
        parts.hub().subscribe(new AssetSubscriber<>(kind, parts.blocked(), wakeups));
        sources.add(wakeups);
        return sources;
    }

    @Override
    public final UpdateControl<R> reconcile(R resource, Context<R> context) {
        return Containment.of(() -> controller().reconcile(resource, statuses(resource, context)));
    }

    @Override
    public final ErrorStatusUpdateControl<R> updateErrorStatus(R resource, Context<R> context, Exception failure) {
        controller().failed(resource, failure, statuses(resource, context));
        return ErrorStatusUpdateControl.defaultErrorProcessing();
    }

    @Override
    public final DeleteControl cleanup(R resource, Context<R> context) {
        try {
            return Containment.of(() -> controller().cleanup(resource, statuses(resource, context)));
        } catch (RuntimeException e) {
            controller().failed(resource, e, statuses(resource, context));
            throw e;
        }
    }

    private Consumer<R> statuses(R resource, Context<R> context) {
        return fresh -> StatusPatch.apply(resource, fresh, context);
    }

    private AssetController<R, S, T> controller() {
        if (controller == null) {
            throw new IllegalStateException("reconciled before the event sources were prepared");
        }
        return controller;
    }
}
