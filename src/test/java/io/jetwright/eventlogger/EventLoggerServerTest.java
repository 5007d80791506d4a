package io.jetwright.eventlogger;

import static io.jetwright.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The HTTP server without NATS, asked by a client in the same process. */
class EventLoggerServerTest {
    private static final String EVENT = "{\"name\":\"deploy\",\"data\":1}";
    private static final int MAX_MESSAGE_SIZE = 1 << 20;

    private final OfflineEventLogger offline = new OfflineEventLogger(EventLoggerSettings.of(
            Map.of("HTTP_PORT", "0", "MANAGEMENT_PORT", "0", "BASE_PATH", "/logger", "HISTORY_SIZE", "3")));
    private final EventLoggerServer server = offline.server();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        offline.feed().close();
        client.close();
        server.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path));
    }

    private HttpRequest.Builder publication(String event) {
        return request("/publish").header("Content-Type", "application/json").POST(BodyPublishers.ofString(event));
    }

    private HttpResponse<String> manage(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create("http://localhost:" + server.managementPort() + path)));
    }

    private static void assertSecure(HttpHeaders headers) {
        assertThat(headers.allValues("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(headers.allValues("Referrer-Policy")).containsExactly("no-referrer");
        assertThat(headers.allValues("Cross-Origin-Resource-Policy")).containsExactly("same-origin");
        assertThat(headers.allValues("X-Frame-Options")).containsExactly("DENY");
        assertThat(headers.allValues("Content-Security-Policy"))
                .singleElement(STRING)
                .contains("default-src 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(headers.allValues("Cache-Control")).hasSize(1);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        return send(request(path).method(method, BodyPublishers.noBody()));
    }

    private static void assertProblem(HttpResponse<String> response, int status, String detail) throws IOException {
        JsonNode problem = new ObjectMapper().readTree(response.body());
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("detail").asText()).contains(detail);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, 200, text/html; charset=utf-8",
        "HEAD, /, 200, text/html; charset=utf-8",
        "GET, /app.js, 200, text/javascript; charset=utf-8",
        "GET, /events, 200, application/json",
        "GET, /events?limit=x, 400, application/problem+json",
        "HEAD, /events/stream, 200, text/event-stream",
        "GET, /events/stream?limit=x, 400, application/problem+json",
        "POST, /events/stream, 405, application/problem+json",
        "GET, /health, 200, application/json",
        "HEAD, /health, 200, application/json",
        "GET, /ready, 503, application/problem+json",
        "GET, /status, 200, application/json",
        "GET, /metrics, 404, application/problem+json",
        "OPTIONS, /publish, 405, application/problem+json",
        "POST, /publish, 415, application/problem+json",
        "GET, /publish, 405, application/problem+json",
        "GET, /nowhere, 404, application/problem+json",
        "GET, /logger, 308, text/plain",
        "GET, /logger/, 200, text/html; charset=utf-8",
        "GET, /logger/health, 200, application/json",
        "GET, /logger/nowhere, 404, application/problem+json"
    })
    void everyAnswerHasItsContentTypeAndTheSecurityHeaders(String method, String path, int status, String contentType)
            throws Exception {
        HttpResponse<String> response = send(method, path);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().allValues("Content-Type")).containsExactly(contentType);
        assertSecure(response.headers());
        assertThat(response.body().isEmpty()).isEqualTo(method.equals("HEAD") || status == 308);
    }

    @Test
    void theBasePathLeadsToThePage() throws Exception {
        assertThat(send("GET", "/logger").headers().firstValue("Location")).hasValue("/logger/");
        assertThat(send("POST", "/logger").statusCode()).isEqualTo(308);
    }

    @Test
    void aFileThatTheClientHasIsNotSentAgain() throws Exception {
        String tag = send("GET", "/app.js").headers().firstValue("ETag").orElseThrow();

        HttpResponse<String> response = send(request("/app.js").header("If-None-Match", tag));

        assertThat(response.statusCode()).isEqualTo(304);
        assertThat(response.body()).isEmpty();
        assertSecure(response.headers());
    }

    @ParameterizedTest
    @CsvSource({
        "/metrics, 200, text/plain; version=0.0.4; charset=utf-8",
        "/health, 200, application/json",
        "/status, 200, application/json",
        "/ready, 503, application/problem+json",
        "/events, 404, application/problem+json",
        "/events/stream, 404, application/problem+json",
        "/logger/health, 404, application/problem+json"
    })
    void theManagementPortHasMetricsAndProbesAlone(String path, int status, String contentType) throws Exception {
        HttpResponse<String> response = manage(path);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().allValues("Content-Type")).containsExactly(contentType);
        assertSecure(response.headers());
    }

    @Test
    void onlyTheManagementPortTellsAddresses() throws Exception {
        assertThat(manage("/status").body() + manage("/ready").body()).contains("nats://localhost:4222");
        assertThat(send("GET", "/status").body() + send("GET", "/ready").body()).doesNotContain("nats://");
    }

    @Test
    void eventsAreThoseOfTheHistoryThatMatch() throws Exception {
        offline.log().restart(1, Instant.EPOCH);
        offline.append(1, 2, 3, 4);

        assertThat(send("GET", "/events").body()).isEqualTo("[2,3,4]");
        assertThat(send("GET", "/events?limit=2").body()).isEqualTo("[3,4]");
        assertThat(send("GET", "/events?since=4").body()).isEqualTo("[4]");
        assertThat(send("GET", "/events?name=other").body()).isEqualTo("[]");
    }

    @Test
    void theStreamBeginsAfterTheLastEventIdAndEndsWithTheFeed() throws Exception {
        offline.log().restart(1, Instant.EPOCH);
        offline.append(1, 2, 3);

        HttpResponse<InputStream> response = client.send(
                request("/events/stream").header("Last-Event-ID", "2-0").build(), BodyHandlers.ofInputStream());
        try (var lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8))) {
            assertThat(List.of(lines.readLine(), lines.readLine(), lines.readLine(), lines.readLine()))
                    .containsExactly("retry: 2000", "", "id: 3-0", "data: 3");
            offline.feed().close();
            assertThat(lines.lines()).containsExactly("");
        }

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().map())
                .containsEntry("content-type", List.of("text/event-stream"))
                .containsEntry("cache-control", List.of("no-store"))
                .containsEntry("x-accel-buffering", List.of("no"))
                .containsEntry("cross-origin-resource-policy", List.of("same-origin"));
        assertSecure(response.headers());
    }

    @Test
    void theLastEventIdOfTheQueryIsForClientsThatCannotSendTheHeader() throws Exception {
        assertProblem(send("GET", "/events/stream?lastEventId=x"), 400, "Last-Event-ID is none of the ids");
    }

    @Test
    void whileTheFeedIsClosedThereIsNoStream() throws Exception {
        offline.feed().close();

        assertProblem(send("GET", "/events/stream"), 503, "this replica is ending");
    }

    @ParameterizedTest
    @CsvSource({
        // the first of several faults is told
        "Sec-Fetch-Site=cross-site, text/plain, , 403, pages of other sites may not publish",
        "Sec-Fetch-Site=cross-site, application/json, ' ', 403, pages of other sites may not publish",
        "Origin=http://evil.example, text/plain, , 403, pages of other sites may not publish",
        "Origin=http://evil.example, application/json, , 403, pages of other sites may not publish",
        "Origin=null, application/json, , 403, pages of other sites may not publish",
        "Sec-Fetch-Site=same-origin, text/plain, a b, 415, Content-Type: application/json",
        "X-Other=, text/plain, , 415, Content-Type: application/json",
        "Sec-Fetch-Site=same-origin, application/json, a b, 400, Idempotency-Key is empty",
        "Sec-Fetch-Site=same-origin, application/json, a, 400, the body is no JSON",
        "Sec-Fetch-Site=none, application/json, a, 400, the body is no JSON"
    })
    void aRequestToPublishIsCheckedBeforeItsBody(
            String header, String contentType, @Nullable String key, int status, String detail) throws Exception {
        String[] more = header.split("=", 2);
        HttpRequest.Builder request = request("/publish")
                .header("Content-Type", contentType)
                .header(more[0], more[1])
                .POST(BodyPublishers.ofString("nonsense"));
        if (key != null) {
            request.header("Idempotency-Key", key);
        }

        HttpResponse<String> response = send(request);

        assertProblem(response, status, detail);
        assertSecure(response.headers());
    }

    @Test
    void thePageItselfMayPublish() throws Exception {
        String origin = "http://localhost:" + server.port();

        assertProblem(send(publication("nonsense").header("Origin", origin)), 400, "the body is no JSON");
        assertProblem(
                send(publication("nonsense")
                        .header("Origin", "https://events.example.com")
                        .header("X-Forwarded-Host", "events.example.com")
                        .header("X-Forwarded-Proto", "https")),
                400,
                "the body is no JSON");
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void aBodyThatIsTooLargeIsRefusedHoweverItIsSent(boolean isLengthKnown) throws Exception {
        var body = new byte[MAX_MESSAGE_SIZE + RequestBodies.OVERHEAD + 1];

        HttpResponse<String> response = send(request("/publish")
                .header("Content-Type", "application/json")
                .POST(
                        isLengthKnown
                                ? BodyPublishers.ofByteArray(body)
                                : BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));

        assertProblem(response, 413, "larger than the " + MAX_MESSAGE_SIZE + " bytes");
    }

    @Test
    void whileNatsIsAwayAnEventCanBeSentAgainLater() throws Exception {
        HttpResponse<String> response = send(publication(EVENT));

        assertProblem(response, 503, "NATS is away: it has not been reached yet");
        assertThat(response.headers().firstValue("Retry-After")).hasValue("2");
    }

    /** Helidon itself answers these. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: x\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET / HTTP/1.1\r\nNo colon here\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nX-Large: LONG\r\n\r\n",
                "GET /LONG HTTP/1.1\r\nHost: x\r\n\r\n",
                "POST /publish HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n{}"
            })
    void whatIsNotHttpIsABadRequestWithTheSecurityHeaders(String request) throws IOException {
        for (int port : List.of(server.port(), server.managementPort())) {
            try (var socket = new Socket("localhost", port)) {
                socket.getOutputStream()
                        .write(request.replace("LONG", "x".repeat(20_000)).getBytes(UTF_8));
                socket.shutdownOutput();
                assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                        .startsWith("HTTP/1.1 4")
                        .contains("application/problem+json")
                        .containsIgnoringCase("Cross-Origin-Resource-Policy: same-origin\r\n")
                        .containsIgnoringCase("Content-Security-Policy: default-src 'none';")
                        .containsIgnoringCase("X-Content-Type-Options: nosniff\r\n")
                        .containsIgnoringCase("Cache-Control: no-store\r\n");
            }
        }
    }

    @Test
    void requestsAreCountedByMethodPathAndStatus() throws Exception {
        send("GET", "/health");
        send("GET", "/logger/health");
        send("BREW", "/health");
        send("GET", "/made-up");
        send("GET", "/events/stream?limit=x");

        await().untilAsserted(() -> assertThat(manage("/metrics").body())
                .contains(
                        count("GET", "/health", 200, 2),
                        count("other", "/health", 405, 1),
                        count("GET", "", 404, 1),
                        count("GET", "/events/stream", 400, 1))
                .doesNotContain("made-up", "BREW"));
    }

    private static String count(String method, String path, int status, int times) {
        return "event_logger_http_requests_seconds_count{method=\"%s\",path=\"%s\",status=\"%d\"} %d\n"
                .formatted(method, path, status, times);
    }

    @Test
    void metricsAreOpenMetricsForWhoTakesThat() throws Exception {
        HttpResponse<String> response =
                send(HttpRequest.newBuilder(URI.create("http://localhost:" + server.managementPort() + "/metrics"))
                        .header("Accept", "text/plain;q=0.1")
                        .header("Accept", "application/openmetrics-text;version=1.0.0"));

        assertThat(response.headers().allValues("Content-Type"))
                .containsExactly("application/openmetrics-text; version=1.0.0; charset=utf-8");
        assertThat(response.body()).endsWith("\n# EOF\n");
    }

    @Test
    void aStreamIsCountedWhenItBegins() throws Exception {
        HttpResponse<InputStream> response =
                client.send(request("/events/stream").build(), BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            assertThat(body.read()).isEqualTo('r');
            assertThat(manage("/metrics").body()).contains(count("GET", "/events/stream", 200, 1));
            offline.feed().close();
            body.transferTo(OutputStream.nullOutputStream());
        }
        assertThat(manage("/metrics").body()).contains(count("GET", "/events/stream", 200, 1));
    }

    @ParameterizedTest
    @CsvSource({"HTTP_PORT, MANAGEMENT_PORT", "MANAGEMENT_PORT, HTTP_PORT"})
    void aPortThatIsTakenIsRefused(String variable, String free) throws IOException {
        try (var taken = new ServerSocket(0)) {
            String port = String.valueOf(taken.getLocalPort());
            var other = new OfflineEventLogger(EventLoggerSettings.of(Map.of(variable, port, free, "0")));

            assertThatIllegalArgumentException()
                    .isThrownBy(other::server)
                    .withMessage(variable + ": port " + port + " is taken; choose another");
        }
    }
}
