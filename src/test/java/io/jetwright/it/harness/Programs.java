package io.jetwright.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Assumptions;

/** The programs that the tests start, as {@code dev/tools/provide} finds, downloads or builds them. */
public final class Programs {
    private Programs() {}

    /** Their paths, in the order asked for. Where one cannot be had, the test is skipped, and says why. */
    public static List<Path> provide(String... names) {
        List<String> command = new ArrayList<>(List.of("dev/tools/provide"));
        command.addAll(List.of(names));
        return paths(String.join(" ", names), command);
    }

    /** Chromium, as {@code dev/tools/browser} finds or installs it. Where it cannot be had, the test is skipped. */
    public static Path browser() {
        return paths("a browser", List.of("dev/tools/browser")).get(0);
    }

    /** The definitions of other projects' kinds, as {@code dev/tools/definitions} downloads them. */
    public static List<Path> definitions() {
        return paths("other projects' definitions", List.of("dev/tools/definitions"));
    }

    /** The definition of the Gateway API's HTTPRoutes. */
    public static Path httpRoutes() {
        return paths("the definition of HTTPRoutes", List.of("dev/tools/definitions", "gateway-api"))
                .get(0);
    }

    /**
     * The sources of a Go module, in the version that a folder's {@code go.mod} pins. Where they cannot be had, the test is
     * skipped.
     */
    public static Path goModule(Path folder, String module) {
        String script = "cd \"$0\" && go mod download \"$1\" && go list -m -f '{{.Dir}}' \"$1\"";
        return paths("the sources of " + module, List.of("sh", "-c", script, folder.toString(), module))
                .get(0);
    }

    /**
     * The ahead-of-time cache of this build and this Java, as {@code dev/train} makes it; empty if this Java has none, or it cannot be
     * made, which is told.
     */
    static Optional<Path> aheadOfTimeCache() {
        Path javaHome = Path.of(System.getProperty("java.home"));
        return paths(List.of("dev/train", javaHome.toString()), failure -> {
                    System.err.println("The processes of the tests start slowly: " + failure);
                    return List.of();
                })
                .stream()
                .findFirst();
    }

    private static List<Path> paths(String names, List<String> command) {
        return paths(command, failure -> Assumptions.abort(names + " cannot be had: " + failure));
    }

    private static List<Path> paths(List<String> command, Function<String, List<Path>> failed) {
        try {
            Process process = new ProcessBuilder(command).start();
            var progress = new Lines(process.getErrorStream(), System.err::println);
            String paths = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0
                    ? paths.lines().map(Path::of).toList()
                    : failed.apply(String.join("\n", progress.toTheEnd()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
