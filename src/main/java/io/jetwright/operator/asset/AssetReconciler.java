package io.jetwright.operator.asset;

import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.jetwright.api.Asset;
import io.jetwright.api.AssetSpec;
import io.jetwright.api.AssetStatus;
import io.jetwright.operator.asset.kind.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hands the resources of one kind to its controller. */
public abstract class AssetReconciler<R extends Asset<S, T>, S extends AssetSpec, T extends AssetStatus>
        implements Reconciler<R>, Cleaner<R> {
    private final Parts parts;
    private @Nullable AssetController<R, S, T> controller;

    public AssetReconciler(Parts parts) {
        this.parts = parts;
    }

    /**
     * The kind.
     *
     * @param sources to which it adds what else makes its resources be reconciled
     */
    abstract Kind<R, S, T> kind(Parts parts, EventSourceContext<R> context, List<EventSource<?, R>> sources);

    @Override
    public final List<EventSource<?, R>> prepareEventSources(EventSourceContext<R> context) {
        var cache = context.getPrimaryCache();
        List<EventSource<?, R>> sources = new ArrayList<>();
        var prepared = new AssetController<>(parts, kind(parts, context, sources), () -> cache.list(resource -> true));
        controller = prepared;
        sources.add(prepared.wakeups());
        return sources;
    }

    @Override
    public final UpdateControl<R> reconcile(R resource, Context<R> context) {
        return controller().reconcile(resource, context);
    }

    @Override
    public final DeleteControl cleanup(R resource, Context<R> context) {
        return controller().cleanup(resource, context);
    }

    private AssetController<R, S, T> controller() {
        if (controller == null) {
            throw new IllegalStateException("reconciled before the event sources were prepared");
        }
        return controller;
    }
}
