package io.jetwright.api;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;

/** A resource that declares one object in JetStream. */
public abstract class Asset<S extends AssetSpec, T extends AssetStatus> extends CustomResource<S, T>
        implements Namespaced {
    /** The group of all resources. */
    public static final String GROUP = "jetwright.io";

    /** The version of all resources. */
    public static final String VERSION = "v1beta1";

    /** The category that {@code kubectl get jetstream} lists. */
    public static final String CATEGORY = "jetstream";
}
