package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import org.jspecify.annotations.Nullable;

/** A resource of any of Jetwright's kinds; its spec and status are immutable. */
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
     * The default of {@code status.observedGeneration} in the CRDs, which the API server shows until a status is written.
     * So kstatus takes the resource for being in progress; without a status it would take it for current.
     */
    static final long UNOBSERVED = -1;

    private static final long serialVersionUID = 1L;

    /** Leaves out the managed fields: they are half of a resource's JSON and memory, and nothing reads them. */
    @Override
    @JsonIgnoreProperties("managedFields")
    public void setMetadata(ObjectMeta metadata) {
        super.setMetadata(metadata);
    }

    /** Keeps null in place of the default that the API server shows until a status is written. */
    @Override
    public void setStatus(@Nullable T status) {
        boolean isUnobserved =
                status instanceof Reported reported && Long.valueOf(UNOBSERVED).equals(reported.observedGeneration());
        super.setStatus(isUnobserved ? null : status);
    }

    /** A new resource of the same kind, without spec and status. */
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
