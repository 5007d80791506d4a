package io.jetwright.operator;

import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.jetwright.api.Stream;
import io.jetwright.api.StreamSpec;
import io.jetwright.api.StreamStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reconciles Streams. */
@ControllerConfiguration(
        name = "stream",
        finalizerName = AssetController.FINALIZER,
        fieldManager = AssetController.FIELD_MANAGER)
final class StreamReconciler implements Reconciler<Stream>, Cleaner<Stream> {
    private final Parts parts;
    private @Nullable AssetController<Stream, StreamSpec, StreamStatus> controller;

    StreamReconciler(Parts parts) {
        this.parts = parts;
    }

    @Override
    public List<EventSource<?, Stream>> prepareEventSources(EventSourceContext<Stream> context) {
        var cache = context.getPrimaryCache();
        var prepared = new AssetController<>(
                parts, new StreamKind(parts.defaultConnection(), cache), () -> cache.list(stream -> true));
        controller = prepared;
        return List.of(prepared.wakeups());
    }

    @Override
    public UpdateControl<Stream> reconcile(Stream resource, Context<Stream> context) {
        return controller().reconcile(resource, context);
    }

    @Override
    public DeleteControl cleanup(Stream resource, Context<Stream> context) {
        return controller().cleanup(resource, context);
    }

    private AssetController<Stream, StreamSpec, StreamStatus> controller() {
        if (controller == null) {
            throw new IllegalStateException("reconciled before the event sources were prepared");
        }
        return controller;
    }
}
