package io.jetwright.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.jetwright.docs.DocumentedYaml;
import io.jetwright.it.harness.Examples;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.Programs;
import io.jetwright.it.harness.TestNamespace;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The API server takes every resource of the texts and of {@code examples/}, in whatever namespace. */
class DocumentedYamlIT {
    @RegisterExtension
    static final Installation installation = Installation.withoutNats();

    /** Of systems that are not installed here; {@link ForeignResourcesIT} has definitions of some of them. */
    private static final Set<String> ELSEWHERE = Set.of(
            "argoproj.io",
            "helm.toolkit.fluxcd.io",
            "jetstream.nats.io",
            "keda.sh",
            "kustomize.config.k8s.io",
            "kustomize.toolkit.fluxcd.io",
            "monitoring.coreos.com",
            "source.toolkit.fluxcd.io");

    private static final Set<String> WITHOUT_NAMESPACE = Set.of(
            "ClusterRole",
            "ClusterRoleBinding",
            "CustomResourceDefinition",
            "Namespace",
            "PriorityClass",
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding");

    private final TestNamespace namespace = installation.namespace();

    @TestFactory
    Stream<DynamicTest> theApiServerTakesIt() {
        return DocumentedYaml.resources().stream()
                .filter(yaml -> !TestNamespace.parse(yaml.text()).stream().allMatch(Examples::isForeign))
                .map(yaml -> DynamicTest.dynamicTest(yaml.where(), () -> tryCreate(TestNamespace.parse(yaml.text()))));
    }

    @TestFactory
    Stream<DynamicTest> theApiServerTakesWhatTheKustomizationMakes() {
        return DocumentedYaml.kustomizations().stream()
                .map(folder ->
                        DynamicTest.dynamicTest(folder.toString(), () -> tryCreate(TestNamespace.parse(made(folder)))));
    }

    private static String made(Path kustomization) throws Exception {
        Process kustomize = new ProcessBuilder(
                        Programs.provide("kubectl").get(0).toString(), "kustomize", kustomization.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String manifests = new String(kustomize.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(kustomize.waitFor()).isZero();
        return manifests;
    }

    private void tryCreate(List<GenericKubernetesResource> resources) {
        List<GenericKubernetesResource> known = resources.stream()
                .filter(resource -> !ELSEWHERE.contains(group(resource)))
                .toList();
        for (GenericKubernetesResource resource : known) {
            if (!WITHOUT_NAMESPACE.contains(resource.getKind())) {
                resource.getMetadata().setNamespace(namespace.name());
            }
            assertThatNoException()
                    .as("%s %s", resource.getKind(), resource.getMetadata().getName())
                    .isThrownBy(() -> namespace.tryCreate(resource));
        }
        Assumptions.assumeFalse(known.isEmpty(), "needs systems that are not installed here");
    }

    private static String group(HasMetadata resource) {
        return resource.getApiVersion().replaceFirst("/.*", "");
    }
}
