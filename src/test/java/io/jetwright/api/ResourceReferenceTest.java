package io.jetwright.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docs/reference} has a page on each kind, which is what its CRD says; {@code -Ddocs.update=true} renews them. */
class ResourceReferenceTest {
    private static final Path FOLDER = Path.of("docs", "reference");

    static List<Path> definitions() throws IOException {
        try (var files = Files.list(Path.of("crds"))) {
            return files.sorted().toList();
        }
    }

    private static ResourceReference reference(Path file) throws IOException {
        return new ResourceReference(Serialization.unmarshal(Files.readString(file), CustomResourceDefinition.class));
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void thePageIsWhatTheDefinitionSays(Path definition) throws IOException {
        ResourceReference reference = reference(definition);
        String page = reference.page();
        Path file = FOLDER.resolve(reference.fileName());
        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(file, page);
        }
        assertThat(file).as("to renew: " + ResourceReference.TO_RENEW).exists().hasContent(page);
        assertThat(reference.undescribed())
                .as("fields of %s without a description", definition)
                .isEmpty();
    }

    @Test
    void theIndexLeadsToEveryPage() throws IOException {
        String index = Files.readString(FOLDER.resolve("README.md"));
        for (Path definition : definitions()) {
            assertThat(index).contains("](%s)".formatted(reference(definition).fileName()));
        }
    }
}
