package io.jetwright.operator.asset;

import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.jetwright.api.JetwrightResource;
import io.jetwright.api.KeyValue;
import io.jetwright.api.KeyValueSpec;
import io.jetwright.api.KeyValueStatus;
import io.jetwright.operator.asset.kind.KeyValueKind;
import io.jetwright.operator.asset.kind.Kind;
import io.jetwright.operator.report.StatusPatch;
import java.util.List;

/** Reconciles KeyValues. */
@ControllerConfiguration(
        name = "keyvalue",
        finalizerName = JetwrightResource.FINALIZER,
        fieldManager = StatusPatch.FIELD_MANAGER)
public final class KeyValueReconciler extends AssetReconciler<KeyValue, KeyValueSpec, KeyValueStatus> {
    public KeyValueReconciler(AssetParts parts) {
        super(parts);
    }

    @Override
    Kind<KeyValue, KeyValueSpec, KeyValueStatus> kind(
            AssetParts parts, EventSourceContext<KeyValue> context, List<EventSource<?, KeyValue>> sources) {
        return KeyValueKind.of(parts.routes(), context.getPrimaryCache());
    }
}
