package io.jetwright.operator.report;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.net.HttpURLConnection;

/** Writes a status. */
public final class StatusPatch {
    /** The field manager of what we apply server-side. */
    public static final String FIELD_MANAGER = "jetwright";

    private StatusPatch() {}

    /**
     * Applies a status server-side.
     *
     * @param fresh no more than its name and the status; with a resourceVersion the status is taken only in the place of that one
     * @param fieldManager owns the fields of the status, and loses those that it leaves out
     * @return the resource with the status
     * @throws KubernetesClientException if the API server does not take it
     */
    public static <R extends HasMetadata> R apply(KubernetesClient client, R fresh, String fieldManager) {
        return client.resource(fresh)
                .subresource("status")
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager(fieldManager)
                        .withForce(true)
                        .build());
    }

    /**
     * Has the API server take this status; the next reconciliation starts from it, even if it comes before the watch has
     * told of it.
     *
     * @param resource as it is
     * @param fresh no more than its name and the status
     */
    public static <R extends HasMetadata> void apply(R resource, R fresh, Context<R> context) {
        try {
            R patched = apply(
                    context.getClient(),
                    fresh,
                    context.getControllerConfiguration().fieldManager());
            context.eventSourceRetriever()
                    .getControllerEventSource()
                    .handleRecentResourceUpdate(ResourceID.fromResource(patched), patched, resource);
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
        }
    }
}
