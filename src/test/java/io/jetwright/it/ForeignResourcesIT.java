package io.jetwright.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jetwright.docs.DocumentedYaml;
import io.jetwright.it.harness.Examples;
import io.jetwright.it.harness.Helm;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.Programs;
import io.jetwright.it.harness.TestNamespace;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Resources for Argo CD, Flux and KEDA in examples and texts, against those projects' own definitions. */
class ForeignResourcesIT {
    @RegisterExtension
    static final Installation installation = Installation.withoutNats().ownApiServer();

    private final TestNamespace namespace = installation.namespace();

    @BeforeAll
    static void installDefinitions() {
        Programs.definitions().forEach(installation.kubernetes()::install);
    }

    /** Those of the texts and of the chart, too. */
    private static List<GenericKubernetesResource> foreign() {
        String chart = Helm.alone()
                .template("jetwright", "jetwright", "--set=serviceMonitor.enabled=true,prometheusRule.enabled=true");
        return Stream.concat(DocumentedYaml.resources().stream().map(DocumentedYaml::text), Stream.of(chart))
                .flatMap(yaml -> TestNamespace.parse(yaml).stream())
                .filter(Examples::isForeign)
                .toList();
    }

    @Test
    void eachIsAcceptedAndHasNoFieldThatIsUnknown() {
        assertThat(foreign().stream().map(GenericKubernetesResource::getKind).collect(Collectors.toSet()))
                .isEqualTo(Set.of(
                        "Application",
                        "ScaledObject",
                        "GitRepository",
                        "OCIRepository",
                        "HelmRelease",
                        "PrometheusRule",
                        "ServiceMonitor",
                        "Kustomization"));
        assertThat(foreign()).allSatisfy(resource -> {
            resource.getMetadata().setNamespace(null);
            assertThatNoException()
                    .as(resource.getKind() + " " + resource.getMetadata().getName())
                    .isThrownBy(() -> namespace.tryCreate(resource));
        });
    }

    @Test
    void aFieldThatIsUnknownIsNoticed() {
        assertThat(foreign()).allSatisfy(resource -> {
            resource.getMetadata().setNamespace(null);
            resource.<Map<String, Object>>get("spec").put("prune_", true);
            assertThatExceptionOfType(KubernetesClientException.class)
                    .isThrownBy(() -> namespace.tryCreate(resource))
                    .withMessageContaining("spec.prune_");
        });
    }
}
