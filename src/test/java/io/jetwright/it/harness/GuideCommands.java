package io.jetwright.it.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.docs.MarkdownFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The commands of a guide, run as they stand in a folder with the files that the guide has one save: a block of YAML whose first
 * line is a comment with a file's name. A block {@code console} is what the command before it says, but for ages and the width of
 * columns.
 */
public final class GuideCommands {
    private static final Pattern FILE = Pattern.compile("# (\\S+[.]yaml)\\n(?s:.*)");

    private static final Pattern AGE = Pattern.compile("\\b(\\d+[smhd])+\\b");

    private static final int PATIENCE = 120;

    private final MarkdownFile guide;
    private final Path folder = Scratch.directory("guide");
    private final Map<String, String> environment;

    /**
     * @param guide the file, from the root of the checkout
     */
    public GuideCommands(Installation installation, String guide) {
        this.guide = MarkdownFile.all().stream()
                .filter(file -> file.toString().equals(guide))
                .findFirst()
                .orElseThrow();
        String path = Programs.provide("kubectl", "nats").stream()
                .map(program -> Objects.requireNonNull(program.getParent()).toString())
                .collect(Collectors.joining(":", "", ":" + System.getenv("PATH")));
        environment = Map.of(
                "PATH", path,
                "HOME", folder.toString(),
                "KUBECONFIG", kubeconfig(installation).toString(),
                "NATS_URL", installation.nats().url());
    }

    /** A copy whose context is in the test's namespace, as that of a user is. */
    private Path kubeconfig(Installation installation) {
        Path copy = folder.resolve("kubeconfig");
        try {
            Files.copy(installation.kubernetes().kubeconfig(), copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String kubectl = Programs.provide("kubectl").get(0).toString();
        run(
                "%s config set-context --current --namespace=%s"
                        .formatted(kubectl, installation.namespace().name()),
                Map.of("KUBECONFIG", copy.toString()));
        return copy;
    }

    /** What the commands said. */
    public record Said(Map<String, String> byCommand) {
        /** What the first command said that begins so. */
        public String of(String command) {
            return byCommand.entrySet().stream()
                    .filter(each -> each.getKey().startsWith(command))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("the guide has no command " + command));
        }
    }

    /**
     * Saves all files and runs all commands in their order.
     *
     * @throws AssertionError if one of them fails, or says something else than the guide has, or if the guide has resources that it
     *     does not have one save
     */
    public Said runAll() {
        Map<String, String> said = new LinkedHashMap<>();
        String last = "";
        for (MarkdownFile.Block block : guide.blocks()) {
            switch (block.info()) {
                case "yaml" -> save(block);
                case "sh" -> {
                    for (String command : block.text().lines().toList()) {
                        last = run(command, environment);
                        said.merge(command, last, String::concat);
                    }
                }
                case "console" ->
                    assertThat(comparable(last))
                            .as("%s:%d", guide, block.line())
                            .isEqualTo(comparable(block.text()));
                default -> {}
            }
        }
        assertThat(said).as("commands of the guide").isNotEmpty();
        return new Said(said);
    }

    private static String comparable(String text) {
        return AGE.matcher(text)
                .replaceAll("AGE")
                .lines()
                .map(line -> line.strip().replaceAll(" +", " "))
                .collect(Collectors.joining("\n"));
    }

    private void save(MarkdownFile.Block block) {
        Matcher file = FILE.matcher(block.text());
        assertThat(file.matches())
                .as("%s:%d begins with a comment that has the name of a file", guide, block.line())
                .isTrue();
        save(file.group(1), block.text());
    }

    private void save(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String run(String command, Map<String, String> environment) {
        var builder = new ProcessBuilder("bash", "-euo", "pipefail", "-c", command)
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            var said = new Lines(process.getInputStream(), line -> {});
            if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroy);
                process.destroy();
                throw new AssertionError("%s does not come to its end: %s".formatted(command, said));
            }
            List<String> lines = said.toTheEnd();
            String text = String.join("\n", lines) + "\n";
            assertThat(process.exitValue()).as("%s%n%s", command, text).isZero();
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
