package io.jetwright.process;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Finds out before anything is started whether Kubernetes lets a process work. What does not is an
 * {@link IllegalStateException}, whose message says what to do.
 */
public final class Preflight {
    private final KubernetesClient client;
    private final String who;

    /**
     * A check.
     *
     * @param who what the process is called in messages, such as {@code the operator}
     */
    public Preflight(KubernetesClient client, String who) {
        this.client = client;
        this.who = who;
    }

    /**
     * A client of the cluster that KUBECONFIG or the pod's service account names; nothing is asked yet.
     *
     * @throws IllegalArgumentException if the kubeconfig is none; the message is one line that names the variable
     */
    public static KubernetesClient client() {
        try {
            return new KubernetesClientBuilder().build();
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("KUBECONFIG: the file is no kubeconfig", e);
        }
    }

    /** What identifies the cluster, unless the process's settings do. */
    public String clusterId() {
        Namespace namespace = ask(
                "get the namespace kube-system, whose UID identifies this cluster, unless CLUSTER_ID is set",
                () -> client.namespaces().withName("kube-system").get());
        if (namespace == null) {
            throw new IllegalStateException(
                    "there is no namespace kube-system, whose UID identifies this cluster: set CLUSTER_ID");
        }
        return namespace.getMetadata().getUid();
    }

    /** As {@link #list(Class, Set)}, for several kinds. */
    public void list(List<Class<? extends HasMetadata>> kinds, Set<String> namespaces) {
        kinds.forEach(kind -> list(kind, namespaces));
    }

    /** Whether the resources can be listed, in these namespaces or, when there are none, in all. */
    public void list(Class<? extends HasMetadata> kind, Set<String> namespaces) {
        String plural = HasMetadata.getFullResourceName(kind);
        var one = new ListOptionsBuilder().withLimit(1L).build();
        if (namespaces.isEmpty()) {
            ask(
                    "list and watch " + plural,
                    () -> client.resources(kind).inAnyNamespace().list(one));
        }
        for (String namespace : namespaces) {
            ask(
                    "list and watch " + plural + " in namespace " + namespace,
                    () -> client.resources(kind).inNamespace(namespace).list(one));
        }
    }

    /** Why the resources cannot be listed, where the process can do without; empty if they can. */
    public Optional<String> refusal(Class<? extends HasMetadata> kind, Set<String> namespaces) {
        try {
            list(kind, namespaces);
            return Optional.empty();
        } catch (IllegalStateException e) {
            if (e.getCause() instanceof KubernetesClientException refused
                    && (refused.getCode() == HttpURLConnection.HTTP_FORBIDDEN
                            || refused.getCode() == HttpURLConnection.HTTP_NOT_FOUND)) {
                return Optional.of(String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    private <T> T ask(String what, Supplier<T> request) {
        try {
            return request.get();
        } catch (KubernetesClientException e) {
            throw new IllegalStateException(explain(what, e), e);
        }
    }

    private String explain(String what, KubernetesClientException failure) {
        String server = client.getMasterUrl().toString();
        return switch (failure.getCode()) {
            case HttpURLConnection.HTTP_UNAUTHORIZED ->
                "the Kubernetes API server %s refuses the credentials: correct those in KUBECONFIG, or the service account"
                        .formatted(server);
            case HttpURLConnection.HTTP_FORBIDDEN ->
                "%s may not %s: allow it to its service account (%s)"
                        .formatted(who, what, failure.getStatus().getMessage());
            case HttpURLConnection.HTTP_NOT_FOUND ->
                "%s cannot %s, which Kubernetes does not know: install them, kubectl apply --server-side -f crds/"
                        .formatted(who, what);
            default ->
                failure.getStatus() == null
                        ? "the Kubernetes API server %s cannot be reached: see whether it runs there, and whether KUBECONFIG is right (%s)"
                                .formatted(server, RootCause.of(failure))
                        : "%s cannot %s: %s".formatted(who, what, failure.getMessage());
        };
    }
}
