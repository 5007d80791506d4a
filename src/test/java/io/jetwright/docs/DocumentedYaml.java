package io.jetwright.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Resources as a text or an example has them. In a text, what follows the fence says what a block of YAML is:
 *
 * <ul>
 *   <li>{@code yaml}: resources, as they are;
 *   <li>{@code yaml fragment=KIND}: fields of a resource, to be merged into the first one of this kind in the same text;
 *   <li>{@code yaml values}: values of a chart;
 *   <li>{@code yaml chart}: its {@code Chart.yaml};
 *   <li>{@code yaml template}: one of its templates.
 * </ul>
 *
 * @param where the file, and the line if it is a text
 * @param text one or more documents
 */
public record DocumentedYaml(String where, String text) {
    static final String RESOURCES = "yaml";
    static final String FRAGMENT = "yaml fragment=";

    /** All resources in texts and examples, fragments made whole. */
    public static List<DocumentedYaml> resources() {
        return Stream.concat(MarkdownFile.all().stream().flatMap(DocumentedYaml::in), examples())
                .toList();
    }

    private static Stream<DocumentedYaml> in(MarkdownFile file) {
        return file.blocks().stream()
                .filter(block -> block.info().equals(RESOURCES) || block.info().startsWith(FRAGMENT))
                .map(block -> new DocumentedYaml(
                        file + ":" + block.line(),
                        block.info().equals(RESOURCES) ? block.text() : completed(file, block)));
    }

    private static String completed(MarkdownFile file, MarkdownFile.Block fragment) {
        String kind = fragment.info().substring(FRAGMENT.length());
        ObjectNode base = file.blocks().stream()
                .filter(block -> block.info().equals(RESOURCES))
                .flatMap(block -> documents(block.text()))
                .filter(resource -> resource.path("kind").asText().equals(kind))
                .findFirst()
                .map(ObjectNode.class::cast)
                .orElseThrow(() ->
                        new AssertionError("%s:%d: there is no %s in this file that the fragment could be merged into"
                                .formatted(file, fragment.line(), kind)));
        merge(base, document(fragment.text()));
        return Serialization.asYaml(base);
    }

    /** The documents of a YAML text that are not empty. */
    static Stream<JsonNode> documents(String yaml) {
        return Stream.of(yaml.split("(?m)^---$", -1))
                .map(DocumentedYaml::document)
                .filter(document -> document != null && document.isObject());
    }

    private static JsonNode document(String yaml) {
        return Serialization.unmarshal(yaml, JsonNode.class);
    }

    private static void merge(ObjectNode into, JsonNode fragment) {
        fragment.properties().forEach(field -> {
            if (into.get(field.getKey()) instanceof ObjectNode inner
                    && field.getValue().isObject()) {
                merge(inner, field.getValue());
            } else {
                into.set(field.getKey(), field.getValue());
            }
        });
    }

    /** Without values of charts, and what only a kustomization makes whole. */
    private static Stream<DocumentedYaml> examples() {
        List<Path> kustomizations = kustomizations();
        return files().filter(file -> file.toString().matches(".*[.]ya?ml"))
                .filter(file -> !file.getFileName().toString().startsWith("values"))
                .filter(file -> kustomizations.stream().noneMatch(file::startsWith))
                .map(file -> new DocumentedYaml(file.toString(), read(file)));
    }

    /** The folders of the examples that {@code kubectl apply -k} applies. */
    public static List<Path> kustomizations() {
        return files().filter(file -> file.endsWith("kustomization.yaml"))
                .map(file -> Objects.requireNonNull(file.getParent()))
                .toList();
    }

    private static Stream<Path> files() {
        try (Stream<Path> files = Files.walk(Path.of("examples"))) {
            return files.filter(Files::isRegularFile).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return where;
    }
}
