package io.jetwright.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the processes that the tests start keep their data and logs; {@code mvn clean} removes it. */
public final class Scratch {
    private static final Path ROOT = Path.of("target", "it").toAbsolutePath();

    private Scratch() {}

    public static Path directory(String purpose) {
        try {
            Files.createDirectories(ROOT);
            return Files.createTempDirectory(ROOT, purpose + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
