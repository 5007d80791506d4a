package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jetwright.it.harness.Examples;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.Kubectl;
import io.jetwright.it.harness.TestNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What was applied stays as it was, to the byte, whatever the operator does: spec, labels, annotations, and who manages what.
 * So Argo CD, which compares them with Git, never shows a resource as OutOfSync without somebody's change.
 */
@ParameterizedClass
@EnumSource
class OutOfSyncIT {
    private static final Path VALID = Path.of("src/test/resources/validation/valid");
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private static final ObjectMapper SORTED = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    @RegisterExtension
    static final Installation installation = Installation.withOperator()
            .environment("RESYNC_INTERVAL", "1s")
            .environment("IMAGE", "jetwright.io/jetwright:test");

    /** The two ways in which Argo CD, Flux and people apply. */
    enum Apply {
        CLIENT_SIDE("kubectl-client-side-apply"),
        SERVER_SIDE("argocd-controller");

        private final String manager;

        Apply(String manager) {
            this.manager = manager;
        }

        private List<String> options() {
            return this == CLIENT_SIDE ? List.of() : List.of("--server-side", "--field-manager=" + manager);
        }
    }

    private final Apply how;

    private final TestNamespace namespace = installation.namespace();
    private final Kubectl kubectl = new Kubectl(installation.kubernetes(), namespace);

    OutOfSyncIT(Apply how) {
        this.how = how;
    }

    private String withKubectl(String verb, String manifests) {
        List<String> arguments = new ArrayList<>(List.of(verb, "--filename", "-"));
        arguments.addAll(how.options());
        return kubectl.runWith(manifests, arguments.toArray(String[]::new)).successful();
    }

    /** As they are now, by kind and name. */
    private Map<String, JsonNode> read(String manifests) {
        JsonNode answer = Serialization.unmarshal(
                kubectl.runWith(manifests, "get", "--filename", "-", "--output=json", "--show-managed-fields")
                        .successful(),
                JsonNode.class);
        Map<String, JsonNode> live = new TreeMap<>();
        (answer.has("items") ? answer.get("items").valueStream() : Stream.of(answer))
                .forEach(each -> live.put(key(each), each));
        return live;
    }

    private static String key(JsonNode resource) {
        return resource.get("kind").textValue() + " "
                + resource.at("/metadata/name").textValue();
    }

    static Stream<String> examples() {
        return Examples.folders().stream();
    }

    @ParameterizedTest
    @MethodSource
    void examples(String folder) {
        assertUntouched(Examples.in(folder));
    }

    static Stream<String> everyNotation() {
        return Stream.of("Stream", "Consumer", "KeyValue", "ObjectStore", "Connection", "EventLogger");
    }

    /** Every field, every notation of durations, quantities and times, and what is explicitly false or empty. */
    @ParameterizedTest
    @MethodSource
    void everyNotation(String kind) throws IOException {
        Set<String> names = new HashSet<>();
        List<GenericKubernetesResource> resources = new ArrayList<>();
        try (Stream<Path> files = Files.list(VALID)) {
            for (Path file : files.sorted().toList()) {
                for (GenericKubernetesResource resource : TestNamespace.parse(text(file))) {
                    String name = resource.getMetadata().getName();
                    if (resource.getKind().equals(kind)) {
                        resource.getMetadata().setName(names.add(name) ? name : name + "-" + names.size());
                        names.add(resource.getMetadata().getName());
                        resources.add(resource);
                    }
                }
            }
        }
        assertUntouched(resources);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertUntouched(List<GenericKubernetesResource> resources) {
        assertThat(resources).isNotEmpty();
        String manifests = resources.stream()
                .map(Serialization::asJson)
                .reduce("", (before, next) -> before + "---\n" + next + "\n");
        List<JsonNode> applied = resources.stream()
                .map(resource -> Serialization.unmarshal(Serialization.asJson(resource), JsonNode.class))
                .toList();

        withKubectl("apply", manifests);

        Map<String, JsonNode> reported = awaitReported(manifests);
        assertThat(reported).hasSameSizeAs(applied);
        applied.forEach(each -> assertAsApplied(each, reported.get(key(each))));
        withKubectl("diff", manifests);
        assertThat(withKubectl("apply", manifests).lines())
                .allMatch(line -> line.endsWith(how == Apply.CLIENT_SIDE ? " unchanged" : " serverside-applied"));
        Map<String, JsonNode> again = awaitReported(manifests);
        applied.forEach(each -> assertAsApplied(each, again.get(key(each))));
    }

    /** When the operator has written what it writes: its finalizer, and a status of this generation. */
    private Map<String, JsonNode> awaitReported(String manifests) {
        eventually(Duration.ofSeconds(60), () -> assertThat(read(manifests)).allSatisfy((name, live) -> assertThat(
                        live.at("/status/observedGeneration").asLong())
                .isEqualTo(1)));
        return read(manifests);
    }

    private void assertAsApplied(JsonNode applied, @Nullable JsonNode found) {
        String name = key(applied);
        JsonNode live = Objects.requireNonNull(found, name);
        assertThat(live.at("/metadata/generation").asLong())
                .as(name + ": the spec was never written")
                .isEqualTo(1);
        assertThat(canonical(live.get("spec"))).as(name).isEqualTo(canonical(applied.get("spec")));
        assertThat(canonical(live.at("/metadata/labels")))
                .as(name)
                .isEqualTo(canonical(applied.at("/metadata/labels")));
        assertAnnotations(name, live, applied);
        assertManagedFields(name, live);
    }

    private void assertAnnotations(String name, JsonNode live, JsonNode applied) {
        Map<String, String> annotations = new LinkedHashMap<>();
        live.at("/metadata/annotations")
                .properties()
                .forEach(each -> annotations.put(each.getKey(), each.getValue().textValue()));
        String last = annotations.remove(LAST_APPLIED);
        Map<String, String> expected = new LinkedHashMap<>();
        applied.at("/metadata/annotations")
                .properties()
                .forEach(each -> expected.put(each.getKey(), each.getValue().textValue()));
        assertThat(annotations).as(name).isEqualTo(expected);
        if (how == Apply.SERVER_SIDE) {
            assertThat(last).as(name).isNull();
        } else {
            JsonNode remembered = Serialization.unmarshal(Objects.requireNonNull(last), JsonNode.class);
            assertThat(canonical(remembered.get("spec"))).as(name).isEqualTo(canonical(applied.get("spec")));
        }
    }

    /** The applier manages what it applied, and nobody else manages any of it. */
    private void assertManagedFields(String name, JsonNode live) {
        assertThat(managed(live, how.manager)).as(name).contains("f:spec");
        for (JsonNode entry : live.at("/metadata/managedFields")) {
            if (!entry.get("manager").textValue().equals(how.manager)) {
                assertThat(entry.get("manager").textValue()).as(name).startsWith("jetwright");
                assertThat(entry.get("fieldsV1").toString())
                        .as(name)
                        .doesNotContain("f:spec\"", "f:labels", "f:annotations");
            }
        }
    }

    private static String managed(JsonNode live, String manager) {
        return live.at("/metadata/managedFields")
                .valueStream()
                .filter(entry -> entry.get("manager").textValue().equals(manager)
                        && !entry.path("subresource").asText("").equals("status"))
                .map(entry -> entry.get("fieldsV1").toString())
                .findFirst()
                .orElse("");
    }

    /** As text, in which 1 is not 1.0 and what is false is not absent. */
    private static String canonical(@Nullable JsonNode node) {
        if (node == null || node.isMissingNode()) {
            return "none";
        }
        try {
            return SORTED.writeValueAsString(SORTED.convertValue(node, Object.class));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
