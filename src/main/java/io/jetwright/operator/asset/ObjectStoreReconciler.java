package io.jetwright.operator.asset;

import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.jetwright.api.JetwrightResource;
import io.jetwright.api.ObjectStore;
import io.jetwright.api.ObjectStoreSpec;
import io.jetwright.api.ObjectStoreStatus;
import io.jetwright.operator.asset.kind.Kind;
import io.jetwright.operator.asset.kind.ObjectStoreKind;
import io.jetwright.operator.report.StatusPatch;
import java.util.List;

/** Reconciles ObjectStores. */
@ControllerConfiguration(
        name = "objectstore",
        finalizerName = JetwrightResource.FINALIZER,
        fieldManager = StatusPatch.FIELD_MANAGER)
public final class ObjectStoreReconciler extends AssetReconciler<ObjectStore, ObjectStoreSpec, ObjectStoreStatus> {
    public ObjectStoreReconciler(AssetParts parts) {
        super(parts);
    }

    @Override
    Kind<ObjectStore, ObjectStoreSpec, ObjectStoreStatus> kind(
            AssetParts parts, EventSourceContext<ObjectStore> context, List<EventSource<?, ObjectStore>> sources) {
        return ObjectStoreKind.of(parts.routes(), context.getPrimaryCache());
    }
}
