package io.jetwright.it.harness;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Prometheus' own checks. Where promtool cannot be had, the test is skipped. */
public final class Promtool {
    private Promtool() {}

    /**
     * What {@code promtool check metrics} minds, a line each; empty if there is nothing.
     *
     * @param text metrics as they are answered to those who do not ask for OpenMetrics
     */
    public static List<String> faults(String text) {
        String program = Programs.provide("promtool").get(0).toString();
        try {
            Process process = new ProcessBuilder(program, "check", "metrics")
                    .redirectErrorStream(true)
                    .start();
            var output = new Lines(process.getInputStream(), line -> {});
            try (OutputStream in = process.getOutputStream()) {
                in.write(text.getBytes(StandardCharsets.UTF_8));
            }
            int exit = process.waitFor();
            List<String> faults = output.toTheEnd();
            return exit != 0 && faults.isEmpty() ? List.of("promtool ended with exit code " + exit) : faults;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
