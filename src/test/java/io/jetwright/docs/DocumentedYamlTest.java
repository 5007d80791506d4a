package io.jetwright.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every block of YAML in a text says what it is, so that none is left out where they are applied. */
class DocumentedYamlTest {
    /** @param where the file and the line */
    record Place(String where, MarkdownFile.Block block) {
        @Override
        public String toString() {
            return where;
        }
    }

    static Stream<Place> blocks() {
        return MarkdownFile.all().stream()
                .flatMap(file -> file.blocks().stream().map(block -> new Place(file + ":" + block.line(), block)));
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void aBlockIsWhatItSays(Place place) {
        String info = place.block().info();
        String text = place.block().text();
        if (!info.startsWith("yaml")) {
            assertThat(info).isNotEqualTo("yml");
            assertThat(text.lines())
                    .as("a resource, which belongs into a block of its own that says ```yaml")
                    .noneMatch(line -> line.startsWith("apiVersion:"));
            return;
        }
        if (info.matches("yaml chart|yaml template")) {
            return;
        }
        List<JsonNode> documents = DocumentedYaml.documents(text).toList();
        assertThat(documents).isNotEmpty();
        if (info.equals(DocumentedYaml.RESOURCES)) {
            assertThat(documents)
                    .as("what is no whole resource says ```yaml fragment=KIND or ```yaml values")
                    .allMatch(document -> document.hasNonNull("apiVersion") && document.hasNonNull("kind"));
        } else {
            assertThat(info).matches("yaml values|yaml fragment=[A-Z][A-Za-z]+");
            assertThat(documents)
                    .as("a whole resource says ```yaml")
                    .noneMatch(document -> document.has("apiVersion") || document.has("kind"));
        }
    }

    @ParameterizedTest
    @MethodSource("resources")
    void itIsMadeOfWholeResources(DocumentedYaml yaml) {
        assertThat(DocumentedYaml.documents(yaml.text()))
                .isNotEmpty()
                .allMatch(document -> document.hasNonNull("apiVersion") && document.hasNonNull("kind"));
    }

    /** A Role that is bound to nobody permits nothing. */
    @ParameterizedTest
    @MethodSource("resources")
    void aRoleComesWithItsBinding(DocumentedYaml yaml) {
        List<JsonNode> documents = DocumentedYaml.documents(yaml.text()).toList();
        List<String> bound = documents.stream()
                .map(document -> document.at("/roleRef/kind").asText() + " "
                        + document.at("/roleRef/name").asText())
                .toList();
        assertThat(documents)
                .filteredOn(document -> document.path("kind").asText().matches("(Cluster)?Role"))
                .allSatisfy(role -> assertThat(bound)
                        .contains(role.path("kind").asText() + " "
                                + role.at("/metadata/name").asText()));
    }

    static List<DocumentedYaml> resources() {
        return DocumentedYaml.resources();
    }
}
