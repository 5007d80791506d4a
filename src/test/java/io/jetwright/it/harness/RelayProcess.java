package io.jetwright.it.harness;

import static io.jetwright.it.harness.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The relay of dead letters, run as its users run it. */
public final class RelayProcess implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Map<String, String> environment = new LinkedHashMap<>();
    private final int port = Ports.free();
    private @Nullable ChildProcess process;

    /** Not yet started. */
    RelayProcess(Map<String, String> environment) {
        this.environment.put("HTTP_PORT", String.valueOf(port));
        this.environment.putAll(environment);
    }

    /** Takes effect at the next start. */
    public RelayProcess set(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Starts it unless it runs, and waits until it says that it is ready. */
    public void start() {
        if (!isRunning()) {
            process = Jetwright.start(List.of("dead-letters"), environment);
            awaitReadiness();
        }
    }

    /** Starts another main class of the tests with the relay's environment, and waits for nothing. */
    public void launch(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@dev/lib/operator.jvm",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        process = ChildProcess.start(command, environment);
    }

    private void awaitReadiness() {
        eventually(Eventually.START, () -> assertThat(
                        !isRunning() || get("/readyz").statusCode() == 200)
                .as("ready")
                .isTrue());
        assertThat(isRunning()).as("the relay ended early: %s", log()).isTrue();
    }

    public HttpResponse<String> get(String path) throws Exception {
        URI address = URI.create("http://127.0.0.1:" + port + path);
        return HTTP.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    }

    /** The sum of the samples in /metrics whose lines start so; 0 if there are none. */
    public double metric(String start) throws Exception {
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(start))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    public boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** All that it has written since it was last started. */
    public List<String> log() {
        return process == null ? List.of() : process.output().soFar();
    }

    /** Asks it to end (SIGTERM); returns its exit code. */
    public int terminate() {
        return running().terminate();
    }

    /** Ends it at once (SIGKILL). */
    public void kill() {
        running().kill();
    }

    /** Stops it (SIGSTOP), until {@link #thaw}. */
    public void freeze() {
        running().freeze();
    }

    public void thaw() {
        running().thaw();
    }

    /** Whether it was stopped (SIGSTOP), by itself or by others. */
    public boolean isStopped() throws IOException {
        String status = Files.readString(Path.of("/proc/" + running().pid() + "/status"));
        return status.contains("State:\tT");
    }

    /** Waits until it has ended by itself. */
    public int exitCode() {
        return running().exitCode();
    }

    private ChildProcess running() {
        if (process == null) {
            throw new IllegalStateException("the relay was not started");
        }
        return process;
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }
}
