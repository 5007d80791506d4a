package io.jetwright.operator.eventlogger;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The operator's rights to watch what event loggers consist of, as far as other kinds do not need them, too. */
public final class WatchRights {
    private static final List<Class<? extends HasMetadata>> KINDS =
            List.of(Deployment.class, Service.class, Ingress.class);

    private static final List<String> VERBS = List.of("list", "watch");

    private final KubernetesClient client;
    private final Set<String> namespaces;

    /**
     * Of the account that the client uses.
     *
     * @param namespaces those that the operator watches; empty for all
     */
    public WatchRights(KubernetesClient client, Set<String> namespaces) {
        this.client = client;
        this.namespaces = Set.copyOf(namespaces);
    }

    /** Asks Kubernetes for the first right that is missing; a sentence that names it, with the cure; empty for none. */
    Optional<String> missing() {
        return namespaces.isEmpty()
                ? missing(null)
                : namespaces.stream()
                        .sorted()
                        .flatMap(each -> missing(each).stream())
                        .findFirst();
    }

    private Optional<String> missing(@Nullable String namespace) {
        return KINDS.stream()
                .flatMap(kind -> VERBS.stream().flatMap(verb -> missing(kind, verb, namespace).stream()))
                .findFirst();
    }

    private Optional<String> missing(Class<? extends HasMetadata> kind, String verb, @Nullable String namespace) {
        String resource = HasMetadata.getFullResourceName(kind);
        String what = "%s %s%s".formatted(verb, resource, namespace == null ? "" : " in namespace " + namespace);
        try {
            return isAllowed(kind, verb, namespace)
                    ? Optional.empty()
                    : Optional.of(
                            "the operator may not %s, which an EventLogger takes: allow its service account to get, list, watch, create and patch deployments, services and ingresses, and to delete ingresses (docs/guides/event-logger.md)"
                                    .formatted(what));
        } catch (KubernetesClientException e) {
            return Optional.of("Kubernetes does not tell whether the operator may %s, which an EventLogger takes: %s"
                    .formatted(what, e.getMessage()));
        }
    }

    private boolean isAllowed(Class<? extends HasMetadata> kind, String verb, @Nullable String namespace) {
        SelfSubjectAccessReview answer = client.authorization()
                .v1()
                .selfSubjectAccessReview()
                .create(new SelfSubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withNewResourceAttributes()
                        .withGroup(HasMetadata.getGroup(kind))
                        .withResource(HasMetadata.getPlural(kind))
                        .withVerb(verb)
                        .withNamespace(namespace)
                        .endResourceAttributes()
                        .endSpec()
                        .build());
        return answer.getStatus() != null
                && Boolean.TRUE.equals(answer.getStatus().getAllowed());
    }
}
