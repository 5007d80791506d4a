package io.jetwright.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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

    /** What tests have not passed is not published: neither a release nor {@code latest}. */
    @Test
    void whateverIsPublishedWaitsForTheTests() throws IOException {
        JsonNode build = parse(Path.of(".github", "workflows", "build.yml")).path("jobs");
        assertThat(build.at("/build/steps").findValuesAsText("run")).contains(".ci/run");
        assertThat(unguardedPublications(build, Set.of("build"))).isEmpty();

        JsonNode release = parse(Path.of(".github", "workflows", "release.yml")).path("jobs");
        assertThat(release.at("/test/uses").asText()).isEqualTo("./.github/workflows/build.yml");
        assertThat(unguardedPublications(release, Set.of("test"))).isEmpty();

        assertThat(parse(Path.of(".github", "workflows", "image.yml"))
                        .path("on")
                        .fieldNames())
                .toIterable()
                .containsExactly("workflow_call");
    }

    /** The jobs that may write something and do not, by others or themselves, need one of the tests. */
    private static List<String> unguardedPublications(JsonNode jobs, Set<String> tests) {
        Set<String> guarded = new HashSet<>(tests);
        boolean isMore = true;
        while (isMore) {
            isMore = false;
            for (Map.Entry<String, JsonNode> job : jobs.properties()) {
                isMore |= needs(job.getValue()).anyMatch(guarded::contains) && guarded.add(job.getKey());
            }
        }
        return jobs.properties().stream()
                .filter(job -> job.getValue().path("permissions").toString().contains("write"))
                .map(Map.Entry::getKey)
                .filter(job -> !guarded.contains(job))
                .toList();
    }

    private static Stream<String> needs(JsonNode job) {
        JsonNode needs = job.path("needs");
        return needs.isTextual()
                ? Stream.of(needs.asText())
                : needs.valueStream().map(JsonNode::asText);
    }

    @Test
    void anImageIsPutTogetherUnderATagOfItsRun() throws IOException {
        JsonNode image = parse(Path.of(".github", "workflows", "image.yml"));
        assertThat(image.at("/env/RUN").asText()).contains("github.run_id", "github.run_attempt");
        assertThat(image.findValuesAsText("run").stream()
                        .flatMap(String::lines)
                        .filter(line -> line.contains("docker push") || line.contains("imagetools inspect")))
                .isNotEmpty()
                .allMatch(line -> line.contains(":$RUN") || line.contains("@$digest"));
    }
}
