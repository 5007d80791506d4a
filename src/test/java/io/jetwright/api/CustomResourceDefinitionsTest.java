package io.jetwright.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code crds/} and the chart's copy are what the resources' classes generate; {@code -Dcrds.update=true} renews both. */
class CustomResourceDefinitionsTest {
    @ParameterizedTest
    @ValueSource(strings = {"crds", "helm/jetwright/files/crds"})
    void theCommittedDefinitionsAreThoseThatTheClassesGenerate(Path folder) throws IOException {
        SortedMap<String, String> generated = CustomResourceDefinitions.generate(List.of(
                Stream.class,
                Consumer.class,
                KeyValue.class,
                ObjectStore.class,
                Connection.class,
                EventLogger.class,
                Redrive.class));
        if (Boolean.getBoolean("crds.update")) {
            for (var file : generated.entrySet()) {
                Files.writeString(folder.resolve(file.getKey()), file.getValue());
            }
        }
        SortedMap<String, String> committed = new TreeMap<>();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                committed.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        assertThat(committed)
                .as(folder + "; to renew: mvn test -Dtest=CustomResourceDefinitionsTest -Dcrds.update=true")
                .isEqualTo(generated);
    }

    /** kubectl reads YAML 1.1, for which these are true or false where they are not quoted. */
    @ParameterizedTest
    @ValueSource(strings = {"y", "n", "yes", "no", "on", "off", "true", "false"})
    void noFieldIsABooleanInYaml(String word) throws IOException {
        try (var definitions = Files.list(Path.of("crds"))) {
            for (Path definition : definitions.toList()) {
                assertThat(Files.readString(definition)).doesNotContainPattern("(?mi)^ *\"?" + word + "\"?:");
            }
        }
    }
}
