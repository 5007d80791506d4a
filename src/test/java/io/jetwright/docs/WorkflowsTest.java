package io.jetwright.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What actionlint does not mind in {@code .github/workflows}: what a foreign action or a long job could do. */
class WorkflowsTest {
    static List<Path> workflows() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(".github", "workflows"))) {
            return files.sorted().toList();
        }
    }

    private static JsonNode parse(Path workflow) throws IOException {
        return Objects.requireNonNull(Serialization.unmarshal(Files.readString(workflow), JsonNode.class));
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void actionsArePinnedAndSayTheirVersion(Path workflow) throws IOException {
        assertThat(Files.readString(workflow).lines().filter(line -> line.matches("[- ]*uses:.*")))
                .isNotEmpty()
                .allMatch(line -> line.matches("[- ]*uses: (./[.]github/workflows/[a-z-]+[.]yml"
                        + "|[A-Za-z0-9-]+/[A-Za-z0-9-]+@[0-9a-f]{40} # v[0-9]+[.][0-9]+[.][0-9]+)"));
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void jobsSayWhatTheyMayDoAndForHowLong(Path workflow) throws IOException {
        JsonNode root = parse(workflow);
        assertThat(root.path("permissions").isObject()).isTrue();
        assertThat(root.path("permissions").isEmpty()).isTrue();
        assertThat(root.path("concurrency").hasNonNull("group")).isTrue();
        assertThat(root.path("jobs").properties()).isNotEmpty().allSatisfy(job -> {
            assertThat(job.getValue().path("permissions").isObject()).isTrue();
            assertThat(job.getValue().has("uses")
                            || job.getValue().path("timeout-minutes").isInt())
                    .isTrue();
        });
    }

    /** What an expression stands for is put into the script before the shell reads it. */
    @ParameterizedTest
    @MethodSource("workflows")
    void scriptsGetValuesByTheEnvironmentOnly(Path workflow) throws IOException {
        assertThat(parse(workflow).findValuesAsText("run")).noneMatch(script -> script.contains("${{"));
    }
}
