package io.jetwright.it.harness;

import static io.jetwright.it.harness.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A process with a port for probes and metrics, run as its users run it. */
abstract class ManagedProcess implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String name;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final int port = Ports.free();
    private @Nullable ChildProcess process;

    /**
     * Not yet started.
     *
     * @param name what it is, for messages
     */
    ManagedProcess(String name, Map<String, String> environment) {
        this.name = name;
        this.environment.put("HTTP_PORT", String.valueOf(port));
        this.environment.putAll(environment);
    }

    /** What it is started with. */
    Map<String, String> environment() {
        return environment;
    }

    /** This one runs from now on. */
    void started(ChildProcess started) {
        process = started;
    }

    /** Waits until it says that it is ready, and fails if it ends before. */
    void awaitReadiness() {
        awaitReadiness("/readyz");
    }

    /** Waits until it answers at this path that it is ready, and fails if it ends before. */
    void awaitReadiness(String path) {
        eventually(Eventually.START, () -> assertThat(!isRunning() || get(path).statusCode() == 200)
                .as("ready")
                .isTrue());
        assertThat(isRunning()).as("%s ended early: %s", name, log()).isTrue();
    }

    /** Host and port of its probes and metrics. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    public HttpResponse<String> get(String path) throws Exception {
        URI address = URI.create("http://" + address() + path);
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

    /** The end of {@link #log}. */
    String tail() {
        return process == null ? "" : process.output().toString();
    }

    /** Asks it to end (SIGTERM); returns its exit code. */
    public int terminate() {
        return running().terminate();
    }

    /** Ends it at once (SIGKILL). */
    public void kill() {
        running().kill();
    }

    /** Waits until it has ended by itself. */
    public int exitCode() {
        return running().exitCode();
    }

    ChildProcess running() {
        if (process == null) {
            throw new IllegalStateException(name + " was not started");
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
