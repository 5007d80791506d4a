package io.jetwright.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code .github/workflows} as actionlint sees them, with shellcheck for their scripts where there is one. */
class WorkflowsIT {
    private static final Path ACTIONLINT = Programs.provide("actionlint").get(0);

    private record Verdict(int exit, String complaints) {}

    private static Verdict lint(String... arguments) throws Exception {
        Process process = new ProcessBuilder(
                        Stream.concat(Stream.of(ACTIONLINT.toString(), "-no-color"), Stream.of(arguments))
                                .toList())
                .redirectErrorStream(true)
                .start();
        String complaints = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Verdict(process.waitFor(), complaints);
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
        assertThat(verdict.complaints()).contains("potentially untrusted");
    }
}
