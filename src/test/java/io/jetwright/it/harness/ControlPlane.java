package io.jetwright.it.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The kube-apiserver with its etcd of {@code dev/control-plane}. Unless with controllers, nothing is garbage-collected,
 * and a namespace that is deleted stays.
 */
public final class ControlPlane implements KubernetesProvider {
    private static final String LOOPBACK = "127.0.0.1";
    private static final String READY = "ready KUBECONFIG=";

    private final Path directory;
    private final List<String> command;
    private @Nullable Process script;

    private ControlPlane(String... options) {
        directory = Scratch.directory("control-plane");
        command = new ArrayList<>(List.of("dev/control-plane", "run", "--dir", directory.toString()));
        command.addAll(List.of("--api-port", String.valueOf(Ports.free())));
        command.addAll(List.of("--etcd-port", String.valueOf(Ports.free())));
        command.addAll(List.of(options));
    }

    static ControlPlane launch() {
        Programs.provide("etcd", "kube-apiserver");
        return started(new ControlPlane());
    }

    /** One that remembers what service accounts ask for. */
    static ControlPlane launchAudited() {
        Programs.provide("etcd", "kube-apiserver");
        return started(new ControlPlane("--audit"));
    }

    /** The audit events (audit.k8s.io/v1) so far, as JSON; only of one that is audited. */
    public List<String> auditLog() {
        try {
            return Files.readAllLines(directory.resolve("audit.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ControlPlane launchWithControllers() {
        Programs.provide("etcd", "kube-apiserver", "kube-controller-manager");
        return started(new ControlPlane("--controllers"));
    }

    private static ControlPlane started(ControlPlane controlPlane) {
        controlPlane.start();
        return controlPlane;
    }

    /** Starts it; after a {@link #stop}, on the same ports and with all that was in it. */
    public void start() {
        try {
            Process process = new ProcessBuilder(command).start();
            script = process;
            var said = new Lines(process.getErrorStream(), System.err::println);
            String line = firstLine(process);
            if (line == null || !line.startsWith(READY)) {
                throw new IllegalStateException("the control plane did not start: " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable String firstLine(Process process) throws IOException {
        BufferedReader output = process.inputReader();
        return output.readLine();
    }

    /** Ends etcd and the API server; what was stored is kept. */
    public void stop() {
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

    @Override
    public Path kubeconfig() {
        return directory.resolve("kubeconfig");
    }

    @Override
    public String hostAddress() {
        return LOOPBACK;
    }

    @Override
    public void close() {
        stop();
    }
}
