package io.jetwright.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program, in one namespace. */
public final class Kubectl {
    private final Path program = Programs.provide("kubectl").get(0);
    private final Path kubeconfig;
    private final String namespace;

    public Kubectl(Kubernetes kubernetes, TestNamespace namespace) {
        this.kubeconfig = kubernetes.kubeconfig();
        this.namespace = namespace.name();
    }

    /**
     * What it said.
     *
     * @param said on both outputs
     */
    public record Answer(int exitCode, String said) {
        /** What it said; fails unless it succeeded. */
        public String successful() {
            if (exitCode != 0) {
                throw new AssertionError("kubectl ended with " + exitCode + ": " + said);
            }
            return said;
        }
    }

    public Answer run(String... arguments) {
        return runWith("", arguments);
    }

    /** With this text on its standard input, for {@code --filename -}. */
    public Answer runWith(String input, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(program.toString(), "--kubeconfig", kubeconfig.toString(), "--namespace", namespace));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            try (var standardInput = process.getOutputStream()) {
                standardInput.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(process.waitFor(), said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
