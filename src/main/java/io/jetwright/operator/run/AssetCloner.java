package io.jetwright.operator.run;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.Cloner;
import io.jetwright.api.JetwrightResource;

/** Copies a resource before each reconciliation without the detour over JSON, where that can be done. */
final class AssetCloner implements Cloner {
    private final Cloner others;

    AssetCloner(Cloner others) {
        this.others = others;
    }

    @Override
    @SuppressWarnings("unchecked") // a copy is of the same class
    public <T extends HasMetadata> T clone(T resource) {
        return resource instanceof JetwrightResource<?, ?> ours ? (T) ours.copy() : others.clone(resource);
    }
}
