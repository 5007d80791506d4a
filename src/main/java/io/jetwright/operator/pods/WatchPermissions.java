package io.jetwright.operator.pods;

import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributes;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributesBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jetwright.operator.report.Assessment;
import io.jetwright.status.Reason;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What it takes that the operator can list and watch kinds that owners of one kind own: that Kubernetes knows and allows them. */
public final class WatchPermissions {
    private static final List<String> VERBS = List.of("list", "watch");

    private final Predicate<ResourceAttributes> isAllowed;
    private final Predicate<Class<? extends HasMetadata>> isKnown;
    private final Set<String> namespaces;
    private final List<Class<? extends HasMetadata>> kinds;
    private final String owner;
    private final String cure;

    /**
     * The permissions of the account that the client uses.
     *
     * @param areCustom whether the kinds come with definitions (CRDs) that the cluster may not have
     * @param namespaces those that the operator watches; empty for all
     * @param kinds those that are owned, without those that the operator watches anyway
     * @param owner for messages: who takes it, such as "an EventLogger"
     * @param cure for messages: what to allow, such as "allow its service account to watch services"
     */
    public WatchPermissions(
            KubernetesClient client,
            boolean areCustom,
            Set<String> namespaces,
            List<Class<? extends HasMetadata>> kinds,
            String owner,
            String cure) {
        this(
                attributes -> isAllowed(client, attributes),
                kind -> !areCustom || isKnown(client, kind),
                namespaces,
                kinds,
                owner,
                cure);
    }

    WatchPermissions(
            Predicate<ResourceAttributes> isAllowed,
            Predicate<Class<? extends HasMetadata>> isKnown,
            Set<String> namespaces,
            List<Class<? extends HasMetadata>> kinds,
            String owner,
            String cure) {
        this.isAllowed = isAllowed;
        this.isKnown = isKnown;
        this.namespaces = Set.copyOf(namespaces);
        this.kinds = List.copyOf(kinds);
        this.owner = owner;
        this.cure = cure;
    }

    /** Asks Kubernetes for the first thing that is missing: what it is, with the cure; empty for none. */
    Optional<Assessment> missing() {
        Optional<Assessment> unknown =
                kinds.stream().flatMap(kind -> unknown(kind).stream()).findFirst();
        if (unknown.isPresent()) {
            return unknown;
        }
        return (namespaces.isEmpty()
                        ? missing(null)
                        : namespaces.stream()
                                .sorted()
                                .flatMap(each -> missing(each).stream())
                                .findFirst())
                .map(message -> new Assessment(Reason.FORBIDDEN, message));
    }

    private Optional<Assessment> unknown(Class<? extends HasMetadata> kind) {
        String name = "%s (%s)".formatted(HasMetadata.getKind(kind), HasMetadata.getApiVersion(kind));
        try {
            return isKnown.test(kind)
                    ? Optional.empty()
                    : Optional.of(new Assessment(
                            Reason.KIND_NOT_INSTALLED,
                            "Kubernetes does not know the kind %s, which %s takes: install its CRD"
                                    .formatted(name, owner)));
        } catch (KubernetesClientException e) {
            return Optional.of(new Assessment(
                    Reason.KIND_NOT_INSTALLED,
                    "Kubernetes does not tell whether it knows the kind %s, which %s takes: %s"
                            .formatted(name, owner, e.getMessage())));
        }
    }

    private Optional<String> missing(@Nullable String namespace) {
        return kinds.stream()
                .flatMap(kind -> VERBS.stream().flatMap(verb -> missing(kind, verb, namespace).stream()))
                .findFirst();
    }

    private Optional<String> missing(Class<? extends HasMetadata> kind, String verb, @Nullable String namespace) {
        String what = "%s %s%s"
                .formatted(
                        verb,
                        HasMetadata.getFullResourceName(kind),
                        namespace == null ? "" : " in namespace " + namespace);
        var attributes = new ResourceAttributesBuilder()
                .withGroup(HasMetadata.getGroup(kind))
                .withResource(HasMetadata.getPlural(kind))
                .withVerb(verb)
                .withNamespace(namespace)
                .build();
        try {
            return isAllowed.test(attributes)
                    ? Optional.empty()
                    : Optional.of("the operator may not %s, which %s takes: %s".formatted(what, owner, cure));
        } catch (KubernetesClientException e) {
            return Optional.of("Kubernetes does not tell whether the operator may %s, which %s takes: %s"
                    .formatted(what, owner, e.getMessage()));
        }
    }

    private static boolean isKnown(KubernetesClient client, Class<? extends HasMetadata> kind) {
        APIResourceList known = client.getApiResources(HasMetadata.getApiVersion(kind));
        return known != null
                && known.getResources().stream().anyMatch(each -> each.getName().equals(HasMetadata.getPlural(kind)));
    }

    private static boolean isAllowed(KubernetesClient client, ResourceAttributes attributes) {
        SelfSubjectAccessReview answer = client.authorization()
                .v1()
                .selfSubjectAccessReview()
                .create(new SelfSubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withResourceAttributes(attributes)
                        .endSpec()
                        .build());
        return answer.getStatus() != null
                && Boolean.TRUE.equals(answer.getStatus().getAllowed());
    }
}
