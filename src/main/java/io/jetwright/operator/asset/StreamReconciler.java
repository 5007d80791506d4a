package io.jetwright.operator.asset;

import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.jetwright.api.JetwrightResource;
import io.jetwright.api.Stream;
import io.jetwright.api.StreamSpec;
import io.jetwright.api.StreamStatus;
import io.jetwright.operator.asset.kind.Kind;
import io.jetwright.operator.asset.kind.StreamKind;
import io.jetwright.operator.report.StatusPatch;
import java.util.List;

/** Reconciles Streams. */
@ControllerConfiguration(
        name = "stream",
        finalizerName = JetwrightResource.FINALIZER,
        fieldManager = StatusPatch.FIELD_MANAGER)
public final class StreamReconciler extends AssetReconciler<Stream, StreamSpec, StreamStatus> {
    public StreamReconciler(AssetParts parts) {
        super(parts);
    }

    @Override
    Kind<Stream, StreamSpec, StreamStatus> kind(
            AssetParts parts, EventSourceContext<Stream> context, List<EventSource<?, Stream>> sources) {
        return StreamKind.of(parts.routes(), context.getPrimaryCache());
    }
}
