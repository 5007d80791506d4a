package io.jetwright.operator.asset;

import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.jetwright.api.Stream;
import io.jetwright.api.StreamSpec;
import io.jetwright.api.StreamStatus;
import io.jetwright.operator.asset.kind.StreamKind;
import java.util.List;

/** Reconciles Streams. */
@ControllerConfiguration(
        name = "stream",
        finalizerName = AssetController.FINALIZER,
        fieldManager = AssetController.FIELD_MANAGER)
public final class StreamReconciler extends AssetReconciler<Stream, StreamSpec, StreamStatus> {
    public StreamReconciler(Parts parts) {
        super(parts);
    }

    @Override
    public StreamKind kind(Parts parts, EventSourceContext<Stream> context, List<EventSource<?, Stream>> sources) {
        return new StreamKind(parts.routes(), context.getPrimaryCache());
    }
}
