package io.jetwright.operator.asset;

import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.jetwright.api.KeyValue;
import io.jetwright.api.KeyValueSpec;
import io.jetwright.api.KeyValueStatus;
import io.jetwright.operator.asset.kind.KeyValueKind;
import java.util.List;

/** Reconciles KeyValues. */
@ControllerConfiguration(
        name = "keyvalue",
        finalizerName = AssetController.FINALIZER,
        fieldManager = AssetController.FIELD_MANAGER)
public final class KeyValueReconciler extends AssetReconciler<KeyValue, KeyValueSpec, KeyValueStatus> {
    public KeyValueReconciler(Parts parts) {
        super(parts);
    }

    @Override
    public KeyValueKind kind(
            Parts parts, EventSourceContext<KeyValue> context, List<EventSource<?, KeyValue>> sources) {
        return new KeyValueKind(parts.routes(), context.getPrimaryCache());
    }
}
