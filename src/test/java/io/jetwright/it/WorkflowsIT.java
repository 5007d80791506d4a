package io.jetwright.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.it.harness.Programs;
import io.jetwright.it.harness.Scratch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code .github/workflows} as actionlint sees them, with shellcheck for their scripts where there is one, and the script
 * that a release is made by.
 */
class WorkflowsIT {
    private static final Path ACTIONLINT = Programs.provide("actionlint").get(0);

    private record Verdict(int exit, String words) {}

    private static Verdict run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Verdict(process.waitFor(), words);
    }

    private static Verdict lint(String... arguments) throws Exception {
        return run(Stream.concat(Stream.of(ACTIONLINT.toString(), "-no-color"), Stream.of(arguments))
                .toList());
    }

    @Test
    void actionlintHasNothingToComplainOf() throws Exception {
        assertThat(lint()).isEqualTo(new Verdict(0, ""));
    }

    @Test
    void whatIsWrongIsComplainedOf() throws Exception {
        Path wrong = Scratch.directory("workflow").resolve("wrong.yml");
        Files.writeString(wrong, """
                on: push
                jobs:
                  build:
                    runs-on: ubuntu-24.04
                    steps:
                      - run: echo "${{ github.event.issue.title }}"
                """);
        Verdict verdict = lint(wrong.toString());

        assertThat(verdict.exit()).isEqualTo(1);
        assertThat(verdict.words()).contains("potentially untrusted");
    }

    @Test
    void aReleaseHasTheNotesOfItsSectionAndNoneWithout() throws Exception {
        String version = Files.readString(Path.of("CHANGELOG.md"))
                .lines()
                .filter(line -> line.startsWith("## "))
                .findFirst()
                .orElseThrow()
                .split(" ", -1)[1];
        Verdict notes = run(List.of("dev/release-notes", version));
        Verdict none = run(List.of("dev/release-notes", "0.0.0"));

        assertThat(notes.exit()).isZero();
        assertThat(notes.words()).startsWith("### ").doesNotContain("\n## ");
        assertThat(none.exit()).isEqualTo(1);
        assertThat(none.words()).contains("CHANGELOG.md has no section '## 0.0.0'");
    }
}
