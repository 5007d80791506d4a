package io.jetwright.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.TestNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every field of every spec that is not free text refuses what makes no sense in it, and the refusal names the field. */
class FieldFormatIT {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** No duration, size, time, name, subject, group, percentage, choice, number or truth. */
    private static final JsonNode NONSENSE = JSON.textNode("a b");

    @RegisterExtension
    static final Installation installation = Installation.withoutNats();

    private final TestNamespace namespace = installation.namespace();

    record Case(String path, JsonNode resource) {
        @Override
        public String toString() {
            return resource.get("kind").textValue() + " " + path;
        }
    }

    @ParameterizedTest
    @MethodSource
    void refusesNonsense(Case field) {
        var resource = TestNamespace.parse(field.resource().toString()).get(0);
        var refusal = catchThrowableOfType(KubernetesClientException.class, () -> namespace.tryCreate(resource));
        assertThat(refusal).as("the API server accepted it").isNotNull();
        assertThat(refusal.getStatus().getMessage()).contains(field.path() + ": ");
    }

    static List<Case> refusesNonsense() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("crds"))) {
            return files.map(FieldFormatIT::definition)
                    .flatMap(definition -> cases(
                            definition.at("/versions/0/schema/openAPIV3Schema/properties/spec"),
                            "spec",
                            spec -> resource(definition.at("/names/kind"), spec)))
                    .toList();
        }
    }

    private static JsonNode definition(Path file) {
        try {
            return Serialization.unmarshal(Files.readString(file), JsonNode.class)
                    .get("spec");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode resource(JsonNode kind, JsonNode spec) {
        ObjectNode resource = JSON.objectNode().put("apiVersion", "jetwright.io/v1beta1");
        resource.set("kind", kind);
        resource.set("metadata", JSON.objectNode().put("name", "nonsense"));
        resource.set("spec", spec);
        return resource;
    }

    private static Stream<Case> cases(JsonNode schema, String path, UnaryOperator<JsonNode> whole) {
        if (schema.has("properties")) {
            return schema.get("properties").properties().stream()
                    .flatMap(property -> cases(
                            property.getValue(),
                            path + "." + property.getKey(),
                            value -> whole.apply(object(schema).set(property.getKey(), value))));
        }
        if (schema.has("items")) {
            return cases(
                    schema.get("items"),
                    path + "[0]",
                    value -> whole.apply(JSON.arrayNode().add(value)));
        }
        return isFree(schema) ? Stream.empty() : Stream.of(new Case(path, whole.apply(NONSENSE)));
    }

    /** With the fields that it must have. */
    private static ObjectNode object(JsonNode schema) {
        ObjectNode object = JSON.objectNode();
        schema.path("required")
                .forEach(field -> object.set(
                        field.textValue(), plain(schema.path("properties").path(field.textValue()))));
        return object;
    }

    private static JsonNode plain(JsonNode schema) {
        return switch (schema.path("type").asText()) {
            case "object" -> object(schema);
            case "array" -> JSON.arrayNode().add(plain(schema.path("items")));
            default -> JSON.textNode("x");
        };
    }

    private static boolean isFree(JsonNode schema) {
        boolean isText = schema.path("type").asText().equals("string");
        boolean isQuantity = schema.has("x-kubernetes-int-or-string") && !schema.has("pattern");
        boolean isBound = schema.has("enum") || schema.has("x-kubernetes-validations");
        return schema.has("additionalProperties") || ((isText || isQuantity) && !isBound);
    }
}
