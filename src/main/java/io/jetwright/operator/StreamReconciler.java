package io.jetwright.operator;

import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.jetwright.api.Stream;
import io.jetwright.api.StreamSpec;
import io.jetwright.api.StreamStatus;
import java.util.List;

/** Reconciles Streams. */
@ControllerConfiguration(
        name = "stream",
        finalizerName = AssetController.FINALIZER,
        fieldManager = AssetController.FIELD_MANAGER)
final class StreamReconciler extends AssetReconciler<Stream, StreamSpec, StreamStatus> {
    StreamReconciler(Parts parts) {
        super(parts);
    }

    @Override
    StreamKind kind(Parts parts, EventSourceContext<Stream> context, List<EventSource<?, Stream>> sources) {
        return new StreamKind(parts.routes(), context.getPrimaryCache());
    }
}
