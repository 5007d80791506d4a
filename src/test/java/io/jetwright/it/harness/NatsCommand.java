package io.jetwright.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program {@code nats}, at a server. */
public final class NatsCommand {
    private final Path program = Programs.provide("nats").get(0);
    private final Path home = Scratch.directory("nats-home");
    private final String url;

    /**
     * @param url of the server, with user and password if it asks for them
     */
    public NatsCommand(String url) {
        this.url = url;
    }

    /**
     * How it ended, and what it said.
     *
     * @param said on both outputs
     */
    public record Answer(int exitCode, String said) {}

    public Answer run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString(), "--server", url, "--no-context"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true);
        builder.environment().put("HOME", home.toString());
        builder.environment().remove("XDG_CONFIG_HOME");
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(process.waitFor(), said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
