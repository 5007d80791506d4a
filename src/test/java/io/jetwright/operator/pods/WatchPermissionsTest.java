package io.jetwright.operator.pods;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributes;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jetwright.operator.report.Assessment;
import io.jetwright.status.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class WatchPermissionsTest {
    private static WatchPermissions permissions(Set<String> namespaces, Predicate<ResourceAttributes> isAllowed) {
        return new WatchPermissions(
                isAllowed,
                kind -> true,
                namespaces,
                List.of(Deployment.class, Service.class),
                "an Archiver",
                "allow it (docs/archiver.md)");
    }

    private static String text(ResourceAttributes attributes) {
        return "%s %s.%s in %s"
                .formatted(
                        attributes.getVerb(),
                        attributes.getResource(),
                        attributes.getGroup(),
                        attributes.getNamespace());
    }

    @Test
    void toListAndWatchEachKindIsAskedInEachNamespace() {
        List<String> asked = new ArrayList<>();
        assertThat(permissions(Set.of("b", "a"), each -> asked.add(text(each))).missing())
                .isEmpty();
        assertThat(asked)
                .containsExactly(
                        "list deployments.apps in a",
                        "watch deployments.apps in a",
                        "list services. in a",
                        "watch services. in a",
                        "list deployments.apps in b",
                        "watch deployments.apps in b",
                        "list services. in b",
                        "watch services. in b");
    }

    @Test
    void whereAllNamespacesAreWatchedItIsAskedForTheWholeCluster() {
        List<String> asked = new ArrayList<>();
        permissions(Set.of(), each -> asked.add(text(each))).missing();
        assertThat(asked).hasSize(4).allMatch(each -> each.endsWith(" in null"));
    }

    @Test
    void theFirstThatIsMissingIsNamedWithTheCure() {
        assertThat(permissions(Set.of("shop"), each -> !each.getVerb().equals("watch"))
                        .missing())
                .contains(
                        forbidden(
                                "the operator may not watch deployments.apps in namespace shop, which an Archiver takes: allow it (docs/archiver.md)"));
        assertThat(permissions(Set.of(), each -> each.getGroup().equals("apps")).missing())
                .contains(forbidden(
                        "the operator may not list services, which an Archiver takes: allow it (docs/archiver.md)"));
    }

    @Test
    void anAnswerThatFailsIsNoPermission() {
        var permissions = permissions(Set.of(), each -> {
            throw new KubernetesClientException("no answer");
        });
        assertThat(permissions.missing())
                .contains(
                        forbidden(
                                "Kubernetes does not tell whether the operator may list deployments.apps, which an Archiver takes: no answer"));
    }

    private static Assessment forbidden(String message) {
        return new Assessment(Reason.FORBIDDEN, message);
    }

    @Test
    void aKindThatKubernetesDoesNotKnowIsNamedAndNoPermissionForItIsAskedFor() {
        assertThat(unknown(kind -> kind != Service.class))
                .contains(new Assessment(
                        Reason.KIND_NOT_INSTALLED,
                        "Kubernetes does not know the kind Service (v1), which an Archiver takes: install its CRD"));
        assertThat(unknown(kind -> {
                    throw new KubernetesClientException("no answer");
                }))
                .contains(
                        new Assessment(
                                Reason.KIND_NOT_INSTALLED,
                                "Kubernetes does not tell whether it knows the kind Deployment (apps/v1), which an Archiver takes: no answer"));
    }

    private static Optional<Assessment> unknown(Predicate<Class<? extends HasMetadata>> isKnown) {
        return new WatchPermissions(
                        each -> {
                            throw new AssertionError(text(each));
                        },
                        isKnown,
                        Set.of(),
                        List.of(Deployment.class, Service.class),
                        "an Archiver",
                        "allow it")
                .missing();
    }
}
