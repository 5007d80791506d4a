package io.jetwright.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The health checks of {@code examples/flux/streams.yaml}. */
class FluxHealthChecksTest {
    private static JsonNode kustomization() throws IOException {
        return Stream.of(Files.readString(Path.of("examples/flux/streams.yaml")).split("(?m)^---$", -1))
                .map(document -> Serialization.unmarshal(document, JsonNode.class))
                .filter(resource -> resource.path("kind").asText().equals("Kustomization"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyKindHasThem() throws IOException {
        List<String> kinds = new ArrayList<>();
        try (var definitions = Files.list(Path.of("crds"))) {
            for (Path file : definitions.toList()) {
                kinds.add(Serialization.unmarshal(Files.readString(file), JsonNode.class)
                        .at("/spec/names/kind")
                        .textValue());
            }
        }
        assertThat(kustomization().at("/spec/healthCheckExprs").findValuesAsText("kind"))
                .containsExactlyInAnyOrderElementsOf(kinds);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            IN_PROGRESS | generation: 1 |
            IN_PROGRESS | generation: 1 | observedGeneration: 1
            IN_PROGRESS | generation: 2 | observedGeneration: 1, conditions: [{type: Ready, status: "True"}]
            IN_PROGRESS | generation: 2 | observedGeneration: 2, conditions: []
            IN_PROGRESS | generation: 2 | observedGeneration: 2, conditions: [{type: Ready, status: Unknown}]
            IN_PROGRESS | generation: 2 | observedGeneration: 2, conditions: [{type: Ready, status: "False"}, {type: Reconciling, status: "True"}]
            FAILED      | generation: 2 | observedGeneration: 2, conditions: [{type: Ready, status: "False"}, {type: Stalled, status: "True"}]
            CURRENT     | generation: 2 | observedGeneration: 2, conditions: [{type: Ready, status: "True"}]
            """)
    void rules(KStatus expected, String metadata, @Nullable String status) throws IOException {
        String resource = "---\n{apiVersion: jetwright.io/v1beta1, kind: Stream, metadata: {%s}%s}"
                .formatted(metadata, status == null ? "" : ", status: {" + status + "}");

        assertThat(new FluxHealthChecks(kustomization()).assess(Serialization.unmarshal(resource, JsonNode.class)))
                .isEqualTo(expected);
    }

    @Test
    void anExpressionThatIsNoneIsNoticed() {
        var checks = new FluxHealthChecks(Map.of(
                "spec",
                Map.of(
                        "healthCheckExprs",
                        List.of(Map.of("apiVersion", "v1", "kind", "Thing", "current", "status.conditions.exists(")))));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> checks.assess(Map.of("apiVersion", "v1", "kind", "Thing", "metadata", Map.of())))
                .withMessageStartingWith("current: ");
    }
}
