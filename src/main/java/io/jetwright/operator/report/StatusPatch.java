package io.jetwright.operator.report;

import io.fabric8.kubernetes.api.model.HasMetadata;
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
     * Has the API server take this status; the next reconciliation starts from it, even if it comes before the watch has
     * told of it.
     *
     * @param resource as it is
     * @param fresh no more than its name and the status
     */
    public static <R extends HasMetadata> void apply(R resource, R fresh, Context<R> context) {
        try {
            R patched = context.getClient()
                    .resource(fresh)
                    .subresource("status")
                    .patch(new PatchContext.Builder()
                            .withPatchType(PatchType.SERVER_SIDE_APPLY)
                            .withFieldManager(
                                    context.getControllerConfiguration().fieldManager())
                            .withForce(true)
                            .build());
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
