package io.jetwright.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.jetwright.it.harness.Helm;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.Scratch;
import io.jetwright.it.harness.TestNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A chart that has this one as a dependency, as the chart's README writes it, but for where the dependency comes from. */
class UmbrellaChartIT {
    private static final String REPOSITORY = "oci://ghcr.io/jetwright/charts";
    private static final String STREAM = "Stream orders";
    private static final String OPERATOR = "Deployment %s-jetwright";

    @RegisterExtension
    static final Installation installation = Installation.withoutNats();

    private final TestNamespace namespace = installation.namespace();
    private final Helm helm = Helm.on(installation.kubernetes());
    private final String release = namespace.name();
    private final Path chart = Scratch.directory("umbrella").resolve("shop");

    @BeforeEach
    void writeAsTheReadmeSays() throws IOException {
        String readme = Files.readString(Path.of(Helm.CHART, "README.md"));
        Files.createDirectories(chart.resolve("templates"));
        Files.writeString(
                chart.resolve("Chart.yaml"),
                block(readme, "chart")
                        .replace(REPOSITORY, "file://" + Path.of(Helm.CHART).toAbsolutePath()));
        Files.writeString(
                chart.resolve("values.yaml"),
                block(readme, "values").replace("watchNamespaces: [shop]", "watchNamespaces: [%s]".formatted(release)));
        Files.writeString(chart.resolve("templates/orders.yaml"), block(readme, "template"));
        helm.run("dependency", "update", chart.toString());
    }

    @AfterEach
    void uninstall() {
        helm.run("uninstall", release, "--namespace", namespace.name(), "--ignore-not-found");
    }

    private static String block(String readme, String info) {
        return Pattern.compile("(?s)```yaml " + info + "\n(.*?)```")
                .matcher(readme)
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
    }

    private List<String> rendered(String... settings) {
        List<String> arguments = new ArrayList<>(
                List.of("template", release, chart.toString(), "--namespace", release, "--kube-version", "1.36.0"));
        arguments.addAll(List.of(settings));
        return TestNamespace.parse(helm.run(arguments.toArray(String[]::new))).stream()
                .map(resource ->
                        resource.getKind() + " " + resource.getMetadata().getName())
                .toList();
    }

    @Test
    void itHasNothingThatHelmMinds() {
        assertThat(helm.run("lint", "--strict", chart.toString())).contains("0 chart(s) failed");
    }

    @Test
    void theConditionDecidesWhetherTheReleaseHasAnOperator() {
        String known = "--api-versions=jetwright.io/v1beta1/Stream";
        assertThat(rendered(known)).contains(STREAM, OPERATOR.formatted(release));
        assertThat(rendered(known, "--set=jetwright.enabled=false")).containsExactly(STREAM);
    }

    /** Helm would refuse the whole release. */
    @Test
    void theStreamWaitsUntilItsKindIsThere() {
        assertThat(rendered())
                .contains("CustomResourceDefinition streams.jetwright.io", OPERATOR.formatted(release))
                .doesNotContain(STREAM);
    }

    @Test
    void whereTheKindIsThereTheInstallationCreatesTheStream() {
        helm.run(
                "install",
                release,
                chart.toString(),
                "--namespace",
                namespace.name(),
                "--set=jetwright.crds.install=false");

        GenericKubernetesResource orders = namespace
                .client()
                .genericKubernetesResources("jetwright.io/v1beta1", "Stream")
                .inNamespace(namespace.name())
                .withName("orders")
                .require();
        assertThat(orders.<String>get("spec", "maxAge")).isEqualTo("24h");
    }
}
