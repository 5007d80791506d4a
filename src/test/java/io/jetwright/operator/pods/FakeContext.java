package io.jetwright.operator.pods;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NamespaceableResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.api.config.ConfigurationService;
import io.javaoperatorsdk.operator.api.config.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.dependent.managed.ManagedWorkflowAndDependentResourceContext;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** The context of reconciliations whose client knows how to get and apply one resource, and nothing else. */
final class FakeContext {
    static final String FIELD_MANAGER = "archivers";

    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final Deque<KubernetesClientException> failures = new ArrayDeque<>();
    private final @Nullable ExecutorService executor;
    private @Nullable HasMetadata existing;
    private boolean isCached;

    FakeContext() {
        this(null);
    }

    /**
     * One for workflows.
     *
     * @param executor null for none
     */
    FakeContext(@Nullable ExecutorService executor) {
        this.executor = executor;
    }

    /** The resource exists, and is in the cache. */
    <R extends HasMetadata> R put(R resource) {
        existing = resource;
        isCached = true;
        return resource;
    }

    /** The resource exists, but is not in the cache, since it has lost its labels. */
    <R extends HasMetadata> R putUnlabelled(R resource) {
        existing = resource;
        return resource;
    }

    /** The next request fails with this status. */
    void refuse(int code) {
        failures.add(new KubernetesClientException("refused", code, null));
    }

    /** What was written: the patch, or that a resource was applied, with its resource version. */
    List<String> requests() {
        return requests;
    }

    @SuppressWarnings("unchecked") // a proxy has the type that it is asked for
    Context<Archiver> context() {
        return proxy(Context.class, (context, method, arguments) -> switch (method.getName()) {
            case "getClient" -> client();
            case "getControllerConfiguration" -> configuration();
            case "getSecondaryResources" -> existing == null || !isCached ? Set.of() : Set.of(existing);
            case "getWorkflowExecutorService" -> Objects.requireNonNull(executor);
            case "managedWorkflowAndDependentResourceContext" ->
                proxy(ManagedWorkflowAndDependentResourceContext.class, (workflow, put, entry) -> entry[1]);
            default -> throw new UnsupportedOperationException(method.toString());
        });
    }

    private static ControllerConfiguration<?> configuration() {
        return proxy(ControllerConfiguration.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "fieldManager" -> FIELD_MANAGER;
            case "getConfigurationService" ->
                proxy(ConfigurationService.class, (service, flag, none) -> flag.getName()
                        .equals("shouldUseSSA"));
            default -> throw new UnsupportedOperationException(method.toString());
        });
    }

    private KubernetesClient client() {
        return proxy(KubernetesClient.class, (client, method, arguments) -> switch (method.getName()) {
            case "resource" -> resource((HasMetadata) arguments[0]);
            case "getKubernetesSerialization" -> new KubernetesSerialization();
            default -> throw new UnsupportedOperationException(method.toString());
        });
    }

    private Object resource(HasMetadata target) {
        return proxy(NamespaceableResource.class, (resource, method, arguments) -> switch (method.getName()) {
            case "fieldManager" -> {
                if (!arguments[0].equals(FIELD_MANAGER)) {
                    throw new IllegalArgumentException("not the controller's field manager: " + arguments[0]);
                }
                yield resource;
            }
            case "forceConflicts" -> resource;
            case "serverSideApply" -> answer("apply " + target.getMetadata().getResourceVersion(), target);
            case "patch" -> {
                var context = (PatchContext) arguments[0];
                yield answer(
                        "%s as %s: %s".formatted(context.getPatchType(), context.getFieldManager(), arguments[1]),
                        target);
            }
            case "get" -> existing;
            default -> throw new UnsupportedOperationException(method.toString());
        });
    }

    private HasMetadata answer(String request, HasMetadata target) {
        requests.add(request);
        if (!failures.isEmpty()) {
            throw failures.remove();
        }
        return target;
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
