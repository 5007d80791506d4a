package io.jetwright.it;

import static io.jetwright.it.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A kube-apiserver with its etcd, and Jetwright's CRDs in it. No controller runs: nothing is garbage-collected, and a
 * namespace that is deleted stays.
 */
final class ControlPlane implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("ready KUBECONFIG=(?<kubeconfig>\\S+) API=\\S+:(?<port>\\d+)");

    private final Path directory;
    private final List<String> arguments = new ArrayList<>();
    private @Nullable Process script;
    private @Nullable KubernetesClient client;

    private ControlPlane(Path directory) {
        this.directory = directory;
    }

    /** One of its own, for tests that stop it; all others share that of their {@link Installation}. */
    static ControlPlane launch() {
        Programs.provide("etcd", "kube-apiserver");
        var controlPlane = new ControlPlane(Scratch.directory("control-plane"));
        controlPlane.start();
        controlPlane.installDefinitions();
        return controlPlane;
    }

    /** Starts it; after a {@link #stop}, on the same port and with all that was in it. */
    void start() {
        List<String> command = new ArrayList<>(List.of("dev/control-plane", "run", "--dir", directory.toString()));
        command.addAll(arguments);
        try {
            Process process = new ProcessBuilder(command).start();
            script = process;
            var said = new Lines(process.getErrorStream(), System.err::println);
            var ready = READY.matcher(String.valueOf(firstLine(process)));
            if (!ready.matches()) {
                throw new IllegalStateException("the control plane did not start: " + said);
            }
            arguments.clear();
            arguments.addAll(List.of("--api-port", ready.group("port")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable String firstLine(Process process) throws IOException {
        BufferedReader output = process.inputReader();
        return output.readLine();
    }

    /** Ends etcd and the API server; what was stored is kept. */
    void stop() {
        if (script == null) {
            return;
        }
        try {
            script.getOutputStream().close();
            if (!script.waitFor(Eventually.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the control plane does not end");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lets the API server answer nothing, while its connections stay, until {@link #thaw}. */
    void freeze() {
        Signals.send("STOP", apiServer());
    }

    void thaw() {
        Signals.send("CONT", apiServer());
    }

    private long apiServer() {
        try (Stream<String> record = Files.lines(directory.resolve("kube-apiserver.pid"))) {
            return Long.parseLong(record.findFirst().orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path kubeconfig() {
        return directory.resolve("kubeconfig");
    }

    KubernetesClient client() {
        KubernetesClient known = client;
        if (known == null) {
            Config config = Config.fromKubeconfig(kubeconfig().toFile());
            known = new KubernetesClientBuilder().withConfig(config).build();
            client = known;
        }
        return known;
    }

    void installDefinitions() {
        try (Stream<Path> files = Files.list(Path.of("crds"))) {
            files.sorted().forEach(this::install);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void install(Path file) {
        CustomResourceDefinition definition = client().apiextensions()
                .v1()
                .customResourceDefinitions()
                .load(file.toFile())
                .serverSideApply();
        eventually(
                () -> assertThat(client().resource(definition).get().getStatus().getConditions())
                        .as(file.toString())
                        .anyMatch(condition -> condition.getType().equals("Established")
                                && condition.getStatus().equals("True")));
    }

    /** To be called when no resources are left. */
    void removeDefinitions() {
        client().apiextensions().v1().customResourceDefinitions().delete();
        eventually(() -> assertThat(client().apiextensions()
                        .v1()
                        .customResourceDefinitions()
                        .list()
                        .getItems())
                .isEmpty());
    }

    /** A namespace that nobody else uses, since it can never be removed. */
    TestNamespace namespace(String purpose) {
        String name = purpose.toLowerCase(Locale.ROOT) + "-"
                + UUID.randomUUID().toString().substring(0, 8);
        var namespace = new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .build();
        client().resource(namespace).create();
        return new TestNamespace(this, name);
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
        stop();
    }
}
