package io.jetwright.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** {@code crds/} is what the resources' classes generate; {@code -Dcrds.update=true} renews it. */
class CustomResourceDefinitionsTest {
    private static final Path FOLDER = Path.of("crds");

    @Test
    void theCommittedDefinitionsAreThoseThatTheClassesGenerate() throws IOException {
        SortedMap<String, String> generated = CustomResourceDefinitions.generate(List.of(
                Stream.class, Consumer.class, KeyValue.class, ObjectStore.class, Connection.class, EventLogger.class));
        if (Boolean.getBoolean("crds.update")) {
            for (var file : generated.entrySet()) {
                Files.writeString(FOLDER.resolve(file.getKey()), file.getValue());
            }
        }
        SortedMap<String, String> committed = new TreeMap<>();
        try (var files = Files.list(FOLDER)) {
            for (Path file : files.toList()) {
                committed.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        assertThat(committed)
                .as("crds/; to renew: mvn test -Dtest=CustomResourceDefinitionsTest -Dcrds.update=true")
                .isEqualTo(generated);
    }
}
