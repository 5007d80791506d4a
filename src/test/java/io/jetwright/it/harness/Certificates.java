package io.jetwright.it.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A certificate authority, by {@code openssl}. */
public final class Certificates {
    private final Path directory = Scratch.directory("certificates");

    /** With a key and a certificate of its own. */
    public Certificates() {
        openssl(
                "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=authority -keyout ca.key -out ca.crt");
    }

    /** The authority's own certificate. */
    public String authority() {
        return text("ca.crt");
    }

    /** Issues a certificate for these names, such as {@code DNS:localhost}, and its key in PKCS #8. */
    public void issue(String name, String alternativeNames) {
        openssl("req -newkey rsa:2048 -nodes -subj /CN=%1$s -addext subjectAltName=%2$s -keyout %1$s.key -out %1$s.csr"
                .formatted(name, alternativeNames));
        openssl(
                "x509 -req -in %1$s.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -copy_extensions copy -out %1$s.crt"
                        .formatted(name));
    }

    /** Writes the key once more, in the form that openssl's command leads to. */
    public String convert(String name, String command) {
        openssl("%s -in %s.key -out converted.key".formatted(command, name));
        return text("converted.key");
    }

    public String certificate(String name) {
        return text(name + ".crt");
    }

    public String key(String name) {
        return text(name + ".key");
    }

    public Path file(String name) {
        return directory.resolve(name);
    }

    private String text(String file) {
        try {
            return Files.readString(file(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void openssl(String arguments) {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments.split(" ", -1)));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(said).isZero();
        } catch (IOException e) {
            Assumptions.abort("openssl cannot be run: " + e.getMessage());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
