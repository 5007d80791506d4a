package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import org.jspecify.annotations.Nullable;

/** A resource of Jetwright's, of whichever kind; its spec and status cannot be changed. */
public abstract class JetwrightResource<S, T> extends CustomResource<S, T> implements Namespaced {
    /** The group of all resources. */
    public static final String GROUP = "jetwright.io";

    /** The version of all resources. */
    public static final String VERSION = "v1beta1";

    /** The finalizer of all resources: it keeps a deleted resource until what it declares is gone. */
    public static final String FINALIZER = GROUP + "/finalizer";

    /** The category that {@code kubectl get jetstream} lists. */
    public static final String CATEGORY = "jetstream";

    /**
     * What the definitions have the API server show as {@code status.observedGeneration} where no status was ever written:
     * kstatus takes a resource without status for current, and one of another generation for being in progress.
     */
    static final long UNOBSERVED = -1;

    private static final long serialVersionUID = 1L;

    /** Leaves out the managed fields: half of each resource's JSON and memory, and nobody here reads them. */
    @Override
    @JsonIgnoreProperties("managedFields")
    public void setMetadata(ObjectMeta metadata) {
        super.setMetadata(metadata);
    }

    /** Takes what the API server shows where no status was ever written for none. */
    @Override
    public void setStatus(@Nullable T status) {
        boolean isUnobserved =
                status instanceof Reported reported && Long.valueOf(UNOBSERVED).equals(reported.observedGeneration());
        super.setStatus(isUnobserved ? null : status);
    }

    /** A resource of the same kind, with nothing in it. */
    protected abstract JetwrightResource<S, T> empty();

    /** A copy whose metadata can be changed; spec and status are the same. */
    public final JetwrightResource<S, T> copy() {
        JetwrightResource<S, T> copy = empty();
        copy.setMetadata(new ObjectMetaBuilder(getMetadata()).build());
        copy.setSpec(getSpec());
        copy.setStatus(getStatus());
        return copy;
    }
}
