package io.jetwright.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The real helm, and the chart of this checkout. */
public final class Helm {
    public static final String CHART = "helm/jetwright";

    private static final String REQUIRED_KUBERNETES = "1.36.0";

    private final List<String> program;
    private final Map<String, String> environment;

    private Helm(Map<String, String> environment) {
        program = List.of(Programs.provide("helm").get(0).toString());
        this.environment = environment;
    }

    /** For what needs no cluster. */
    public static Helm alone() {
        return new Helm(Map.of());
    }

    /** As an administrator of this cluster. */
    public static Helm on(Kubernetes kubernetes) {
        return new Helm(Map.of("KUBECONFIG", kubernetes.kubeconfig().toString()));
    }

    /** What the chart makes of these values, as YAML. */
    public String template(String release, String namespace, String... settings) {
        List<String> arguments = new ArrayList<>(
                List.of("template", release, CHART, "--namespace", namespace, "--kube-version", REQUIRED_KUBERNETES));
        arguments.addAll(List.of(settings));
        return run(arguments);
    }

    /** Its standard output; fails with what it said if it fails. */
    public String run(String... arguments) {
        return run(List.of(arguments));
    }

    private String run(List<String> arguments) {
        Result result = tryTo(arguments);
        if (result.code() != 0) {
            throw new AssertionError("helm " + String.join(" ", arguments) + ": " + result.errors());
        }
        return result.output();
    }

    /** How it ended, and what it said. */
    public record Result(int code, String output, String errors) {}

    /** Also if it fails. */
    public Result tryTo(List<String> arguments) {
        List<String> command = new ArrayList<>(program);
        command.addAll(arguments);
        var builder = new ProcessBuilder(command);
        Path home = Scratch.directory("helm");
        builder.environment().putAll(environment);
        builder.environment().put("HELM_CACHE_HOME", home.toString());
        builder.environment().put("HELM_CONFIG_HOME", home.toString());
        builder.environment().put("HELM_DATA_HOME", home.toString());
        try {
            Process process = builder.start();
            var errors = new Lines(process.getErrorStream(), line -> {});
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            return new Result(code, output, String.join("\n", errors.toTheEnd()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
