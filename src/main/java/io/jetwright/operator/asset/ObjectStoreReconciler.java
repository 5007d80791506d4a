package io.jetwright.operator.asset;

import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.jetwright.api.ObjectStore;
import io.jetwright.api.ObjectStoreSpec;
import io.jetwright.api.ObjectStoreStatus;
import io.jetwright.operator.asset.kind.ObjectStoreKind;
import java.util.List;

/** Reconciles ObjectStores. */
@ControllerConfiguration(
        name = "objectstore",
        finalizerName = AssetController.FINALIZER,
        fieldManager = AssetController.FIELD_MANAGER)
public final class ObjectStoreReconciler extends AssetReconciler<ObjectStore, ObjectStoreSpec, ObjectStoreStatus> {
    public ObjectStoreReconciler(Parts parts) {
        super(parts);
    }

    @Override
    public ObjectStoreKind kind(
            Parts parts, EventSourceContext<ObjectStore> context, List<EventSource<?, ObjectStore>> sources) {
        return new ObjectStoreKind(parts.routes(), context.getPrimaryCache());
    }
}
