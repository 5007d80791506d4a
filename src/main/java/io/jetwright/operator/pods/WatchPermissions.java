package io.jetwright.operator.pods;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributes;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributesBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The permissions of the operator to list and watch the kinds that owners of one kind own. */
public final class WatchPermissions {
    private static final List<String> VERBS = List.of("list", "watch");

    private final Predicate<ResourceAttributes> isAllowed;
    private final Set<String> namespaces;
    private final List<Class<? extends HasMetadata>> kinds;
    private final String owner;
    private final String cure;

    /**
     * The permissions of the account that the client uses.
     *
     * @param namespaces those that the operator watches; empty for all
     * @param kinds those that are owned, without those that the operator watches anyway
     * @param owner for messages, such as "an EventLogger"
     * @param cure for messages: what to allow, such as "allow its service account to watch services"
     */
    public WatchPermissions(
            KubernetesClient client,
            Set<String> namespaces,
            List<Class<? extends HasMetadata>> kinds,
            String owner,
            String cure) {
        this(attributes -> isAllowed(client, attributes), namespaces, kinds, owner, cure);
    }

    WatchPermissions(
            Predicate<ResourceAttributes> isAllowed,
            Set<String> namespaces,
            List<Class<? extends HasMetadata>> kinds,
            String owner,
            String cure) {
        this.isAllowed = isAllowed;
        this.namespaces = Set.copyOf(namespaces);
        this.kinds = List.copyOf(kinds);
        this.owner = owner;
        this.cure = cure;
    }

    /** Asks Kubernetes for the first permission that is missing: a sentence that names it, with the cure; empty for none. */
    Optional<String> missing() {
        return namespaces.isEmpty()
                ? missing(null)
                : namespaces.stream()
                        .sorted()
                        .flatMap(each -> missing(each).stream())
                        .findFirst();
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
