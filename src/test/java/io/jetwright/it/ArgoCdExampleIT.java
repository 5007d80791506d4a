package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jetwright.api.Asset;
import io.jetwright.gitops.HealthScript;
import io.jetwright.it.harness.Examples;
import io.jetwright.it.harness.Helm;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.Kubectl;
import io.jetwright.it.harness.Scratch;
import io.jetwright.it.harness.TestNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code examples/argocd}, as Argo CD does it: wave by wave, each after the health scripts say that the last is healthy. */
class ArgoCdExampleIT {
    @RegisterExtension
    static final Installation installation = Installation.withOperator();

    private static final HealthScript HEALTH = HealthScript.in(Path.of("examples/argocd/health/jetwright.lua"));

    private final TestNamespace namespace = installation.namespace();
    private final Kubectl kubectl = new Kubectl(installation.kubernetes(), namespace);

    private static int wave(GenericKubernetesResource resource) {
        Map<String, String> annotations =
                Objects.requireNonNullElse(resource.getMetadata().getAnnotations(), Map.of());
        return Integer.parseInt(annotations.getOrDefault("argocd.argoproj.io/sync-wave", "0"));
    }

    @Test
    void eachWaveGetsHealthyBeforeTheNextIsApplied() {
        applyInWaves(namespace);
    }

    /** All of the example's resources, each wave after the health script calls the last one healthy. */
    static void applyInWaves(TestNamespace namespace) {
        SortedMap<Integer, List<GenericKubernetesResource>> waves = Examples.all("argocd/resources").stream()
                .collect(Collectors.groupingBy(ArgoCdExampleIT::wave, TreeMap::new, Collectors.toList()));
        assertThat(waves).hasSizeGreaterThan(1);

        waves.forEach((number, wave) -> {
            wave.forEach(namespace::apply);
            eventually(() -> assertThat(wave).allSatisfy(resource -> {
                GenericKubernetesResource live = namespace.read(resource);
                if (resource.getApiVersion().startsWith(Asset.GROUP)) {
                    assertThat(HEALTH.assess(live).status())
                            .as(HEALTH.assess(live).message())
                            .isEqualTo("Healthy");
                }
            }));
        });
    }

    @Test
    void aFolderOfApplicationsNamesFoldersThatExist() {
        List<String> paths = Examples.all("argocd").stream()
                .filter(resource -> resource.getKind().equals("Application"))
                .map(application -> application.<String>get("spec", "source", "path"))
                .filter(Objects::nonNull)
                .toList();

        assertThat(paths).isNotEmpty().allSatisfy(path -> assertThat(Files.isDirectory(Path.of(path)))
                .as(path)
                .isTrue());
    }

    @Test
    void theChartIsThatOfThisVersion() throws IOException {
        GenericKubernetesResource application =
                Examples.all("argocd/apps/jetwright.yaml").get(0);
        Map<?, ?> chart =
                Serialization.unmarshal(Files.readString(Path.of(Helm.CHART).resolve("Chart.yaml")), Map.class);

        assertThat(application.<String>get("spec", "source", "targetRevision")).isEqualTo(chart.get("version"));
    }

    @ParameterizedTest
    @CsvSource({
        "argocd/apps/jetwright.yaml, Application, spec.source.helm.valuesObject",
        "flux/operator.yaml, HelmRelease, spec.values"
    })
    void theChartTakesTheValues(String file, String kind, String place) throws IOException {
        Object values = Examples.all(file).stream()
                .filter(resource -> resource.getKind().equals(kind))
                .map(resource -> resource.get((Object[]) place.split("\\.", -1)))
                .findFirst()
                .orElseThrow();
        Path written =
                Files.writeString(Scratch.directory("values").resolve("values.yaml"), Serialization.asYaml(values));

        assertThat(Helm.alone().template("jetwright", "jetwright", "--values", written.toString()))
                .contains("nats://nats.nats.svc.cluster.local:4222")
                .contains("streams.jetwright.io");
    }

    /** As its README has it: the scripts come to the settings that Argo CD has already, and change none of them. */
    @Test
    void theHealthScriptsAreAddedToTheSettingsThatThereAre() {
        kubectl.run("create", "configmap", "argocd-cm", "--from-literal=url=https://argocd.example.com")
                .successful();

        for (int i = 0; i < 2; i++) {
            kubectl.run("apply", "--server-side", "--filename", "examples/argocd/health/argocd-cm.yaml")
                    .successful();
        }

        Map<String, String> settings = namespace
                .client()
                .configMaps()
                .inNamespace(namespace.name())
                .withName("argocd-cm")
                .require()
                .getData();
        assertThat(settings)
                .containsEntry("url", "https://argocd.example.com")
                .containsKey("resource.customizations.health.jetwright.io_Stream")
                .hasSize(9);
    }
}
