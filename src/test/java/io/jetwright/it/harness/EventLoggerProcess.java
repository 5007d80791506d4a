package io.jetwright.it.harness;

import static io.jetwright.it.harness.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The event logger, run as its users run it. Registered as an extension, it says what it said when a test has failed, and ends with
 * each test.
 */
public final class EventLoggerProcess implements AfterTestExecutionCallback, AfterEachCallback, AutoCloseable {
    public static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final int port = Ports.free();
    private final int managementPort = Ports.free();
    private final NatsServer nats;
    private @Nullable ChildProcess process;

    /** Not yet started; it creates its consumer. */
    public EventLoggerProcess(NatsServer nats) {
        this.nats = nats;
        set("HTTP_PORT", String.valueOf(port));
        set("MANAGEMENT_PORT", String.valueOf(managementPort));
        set("NATS_URL", nats.url());
        set("CREATE_CONSUMER", "true");
    }

    /** Takes effect at the next start. */
    public EventLoggerProcess set(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Starts it, and waits until it is ready. */
    public EventLoggerProcess start() {
        launch();
        awaitReadiness(Eventually.START);
        return this;
    }

    /** Starts it, and waits for nothing. */
    public void launch() {
        process = Jetwright.start(List.of("event-logger"), environment);
    }

    public void awaitReadiness() {
        awaitReadiness(Eventually.PATIENCE);
    }

    private void awaitReadiness(Duration patience) {
        eventually(patience, () -> assertThat(!isRunning() || get("/ready").statusCode() == 200)
                .as("ready")
                .isTrue());
        assertThat(isRunning())
                .as("the event logger ended early: %s", running().output())
                .isTrue();
    }

    /** Waits until its management port answers that it is not ready, with a reason that contains this. */
    public String awaitReason(String part) {
        eventually(() -> assertThat(manage("/ready").body()).contains("503", part));
        return part;
    }

    boolean isRunning() {
        return process != null && process.isAlive();
    }

    public ChildProcess running() {
        if (process == null) {
            throw new IllegalStateException("the event logger was not started");
        }
        return process;
    }

    public int port() {
        return port;
    }

    public String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    /** Host and port of its probes and metrics. */
    public String managementAddress() {
        return "127.0.0.1:" + managementPort;
    }

    /** What the management port answers. */
    public HttpResponse<String> manage(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create("http://" + managementAddress() + path)));
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url(path)));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** With this body of JSON, and headers as names and values in turn. */
    public HttpResponse<String> publish(String body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                request("/publish").header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    /** What /events answers to this query. */
    public List<JsonNode> events(String query) throws IOException, InterruptedException {
        return StreamSupport.stream(json(get("/events" + query)).spliterator(), false)
                .toList();
    }

    public static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + answer.body(), e);
        }
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        if (context.getExecutionException().isPresent() && process != null) {
            System.err.printf(
                    "%s.%s, the event logger said:%n%s%nand nats-server:%n%s%n",
                    context.getRequiredTestClass().getSimpleName(),
                    context.getDisplayName(),
                    process.output(),
                    nats.log());
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        close();
    }

    @Override
    public void close() {
        http.shutdownNow();
        if (process != null) {
            process.close();
        }
    }
}
