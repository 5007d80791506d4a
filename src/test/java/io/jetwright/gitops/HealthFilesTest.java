package io.jetwright.gitops;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files that install the health scripts are generated from them; {@code -Dhealth.update=true} renews them. */
class HealthFilesTest {
    private static final Path FOLDER = Path.of("examples", "argocd", "health");
    private static final String HEADER = """
            # Generated from jetwright.lua and application.lua:
            #   mvn test -Dtest=HealthFilesTest -Dhealth.update=true
            """;

    /** Where each file has the entries of argocd-cm, which come after this. */
    private static final Map<String, String> BEGINNINGS = Map.of("argocd-cm.yaml", """
                    # For an Argo CD without the chart; only these keys of argocd-cm are written:
                    #   kubectl apply --server-side --namespace argocd --filename argocd-cm.yaml
                    apiVersion: v1
                    kind: ConfigMap
                    metadata:
                      name: argocd-cm
                      labels:
                        app.kubernetes.io/name: argocd-cm
                        app.kubernetes.io/part-of: argocd
                    data:
                    """, "values.yaml", """
                    # For the chart of Argo CD:
                    #   helm upgrade argocd argo/argo-cd --namespace argocd --reuse-values --values values.yaml
                    configs:
                      cm:
                    """);

    /** By the key that Argo CD looks for: resource.customizations.health.GROUP_KIND. */
    private static SortedMap<String, String> entries() throws IOException {
        SortedMap<String, String> entries = new TreeMap<>();
        entries.put("argoproj.io_Application", script("application.lua"));
        try (var definitions = Files.list(Path.of("crds"))) {
            for (Path file : definitions.toList()) {
                JsonNode spec = Serialization.unmarshal(Files.readString(file), JsonNode.class)
                        .get("spec");
                entries.put(
                        spec.get("group").textValue() + "_"
                                + spec.at("/names/kind").textValue(),
                        script("jetwright.lua"));
            }
        }
        return entries;
    }

    private static String entry(String key, String script) {
        return key + ": |\n" + script.indent(2);
    }

    private static String script(String file) throws IOException {
        return Files.readString(FOLDER.resolve(file));
    }

    @ParameterizedTest
    @CsvSource({"argocd-cm.yaml, /data, 2", "values.yaml, /configs/cm, 4"})
    void eachKindHasItsScript(String file, String place, int indent) throws IOException {
        String generated = HEADER
                + BEGINNINGS.get(file)
                + entries().entrySet().stream()
                        .map(entry -> entry("resource.customizations.health." + entry.getKey(), entry.getValue())
                                .indent(indent))
                        .collect(joining())
                        .replaceAll("(?m)^ +$", "");
        if (Boolean.getBoolean("health.update")) {
            Files.writeString(FOLDER.resolve(file), generated);
        }
        String committed = Files.readString(FOLDER.resolve(file));
        assertThat(committed)
                .as(file + "; to renew: mvn test -Dtest=HealthFilesTest -Dhealth.update=true")
                .isEqualTo(generated);
        SortedMap<String, String> installed = new TreeMap<>();
        Serialization.unmarshal(committed, JsonNode.class)
                .at(place)
                .properties()
                .forEach(entry -> installed.put(entry.getKey(), entry.getValue().textValue()));
        SortedMap<String, String> expected = new TreeMap<>();
        entries().forEach((kind, script) -> expected.put("resource.customizations.health." + kind, script));
        assertThat(installed).isEqualTo(expected);
    }

    @Test
    void thereIsNoOtherScript() throws IOException {
        try (var files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("jetwright.lua", "application.lua", "argocd-cm.yaml", "values.yaml");
        }
    }
}
