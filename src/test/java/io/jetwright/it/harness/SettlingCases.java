package io.jetwright.it.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Specs of a kind: each value of each field alone, fields that matter together, and the resources that the tests of the
 * definitions have. From {@code src/test/resources/settling} and {@code validation/valid}.
 */
public final class SettlingCases {
    private static final Path TABLES = Path.of("src/test/resources/settling");
    private static final Path VALID = Path.of("src/test/resources/validation/valid");

    /** What names the object, or says what the operator may do. */
    private static final Set<String> NO_SETTINGS = Set.of(
            "name",
            "bucket",
            "durableName",
            "streamRef",
            "streamName",
            "connectionRef",
            "deadLetter",
            "managementPolicy",
            "deletionPolicy",
            "recreatePolicy",
            "omittedFields",
            "suspend");

    private final JsonNode table;
    private final Set<JsonNode> specs = new LinkedHashSet<>();

    private SettlingCases(String kind) {
        table = Serialization.unmarshal(text(TABLES.resolve(kind.toLowerCase(Locale.ROOT) + ".yaml")), JsonNode.class);
        table.path("fields").properties().forEach(field -> field.getValue()
                .forEach(
                        value -> specs.add(JsonNodeFactory.instance.objectNode().set(field.getKey(), value))));
        table.path("together").forEach(specs::add);
        valid().filter(resource -> resource.path("kind").asText().equals(kind))
                .forEach(resource -> specs.add(settings(resource.path("spec"))));
    }

    public static SettlingCases of(String kind) {
        return new SettlingCases(kind);
    }

    public Set<JsonNode> specs() {
        return specs;
    }

    /** On which streams consumers are made. */
    public Stream<String> streams() {
        return table.path("streams").valueStream().map(JsonNode::asText);
    }

    /** The settings of a kind that the table has no value of. */
    public Set<String> missing(Class<?> spec) {
        return Stream.of(spec.getRecordComponents())
                .map(RecordComponent::getName)
                .filter(name -> !NO_SETTINGS.contains(name)
                        && table.path("fields").path(name).isEmpty())
                .collect(Collectors.toSet());
    }

    private static ObjectNode settings(JsonNode spec) {
        ObjectNode settings = spec.isObject() ? spec.deepCopy() : JsonNodeFactory.instance.objectNode();
        return settings.without(NO_SETTINGS);
    }

    private static Stream<JsonNode> valid() {
        try (Stream<Path> files = Files.list(VALID)) {
            return files.sorted().map(file -> Serialization.unmarshal(text(file), JsonNode.class)).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
