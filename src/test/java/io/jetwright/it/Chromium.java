package io.jetwright.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The browser of this machine. */
final class Chromium {
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "headless-shell");

    private Chromium() {}

    /** Its program; root's machines get Debian's package. Where there is none, the test is skipped, and says why. */
    static Path find() {
        return find(System.getenv("PATH"))
                .or(Chromium::install)
                .orElseGet(() -> Assumptions.abort(
                        "needs a browser: no Chromium is on the PATH; on Debian: apt-get install chromium"));
    }

    static Optional<Path> find(String searchPath) {
        return NAMES.stream()
                .flatMap(name -> Stream.of(searchPath.split(File.pathSeparator)).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Optional<Path> install() {
        boolean mayInstall =
                System.getProperty("user.name").equals("root") && Files.isExecutable(Path.of("/usr/bin/apt-get"));
        if (!mayInstall) {
            return Optional.empty();
        }
        System.err.println("Browser of the tests: installing Debian's chromium");
        try {
            new ProcessBuilder("apt-get", "install", "--yes", "--no-install-recommends", "chromium")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return find(System.getenv("PATH"));
    }
}
