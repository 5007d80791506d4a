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
 * line is a comment with a file's name.
 */
public final class GuideCommands {
    private static final Pattern FILE = Pattern.compile("# (\\S+[.]yaml)\\n(?s:.*)");

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
     * @throws AssertionError if one of them fails
     */
    public Said runAll() {
        Map<String, String> said = new LinkedHashMap<>();
        for (MarkdownFile.Block block : guide.blocks()) {
            Matcher file = FILE.matcher(block.text());
            if (block.info().equals("yaml") && file.matches()) {
                save(file.group(1), block.text());
            } else if (block.info().equals("sh")) {
                block.text().lines().forEach(command -> said.merge(command, run(command, environment), String::concat));
            }
        }
        assertThat(said).as("commands of the guide").isNotEmpty();
        return new Said(said);
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
