package io.jetwright.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ManagementServerTest {
    private final Metrics metrics = new Metrics();
    private volatile boolean ready;
    private final ManagementServer server = new ManagementServer(0, () -> ready, metrics::scrape);
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    @Test
    void aProcessThatAnswersLives() throws Exception {
        assertThat(get("/livez").statusCode()).isEqualTo(200);
        assertThat(get("/livez").body()).isEqualTo("ok\n");
    }

    @Test
    void itIsReadyWhenItHasStarted() throws Exception {
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        assertThat(get("/readyz").body()).isEqualTo("not started yet\n");
        ready = true;
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
    }

    @Test
    void metricsCountTheRequestsToJetStream() throws Exception {
        metrics.sent("stream", "create", "ok", TimeUnit.MILLISECONDS.toNanos(3));
        metrics.sent("stream", "create", "ok", TimeUnit.MILLISECONDS.toNanos(5));
        metrics.sent("consumer", "info", "failed", 1);
        assertThat(get("/metrics").body().lines())
                .contains(
                        "jetwright_jetstream_requests_seconds_count{object=\"stream\",outcome=\"ok\",verb=\"create\"} 2",
                        "jetwright_jetstream_requests_seconds_sum{object=\"stream\",outcome=\"ok\",verb=\"create\"} 0.008",
                        "jetwright_jetstream_requests_seconds_count{object=\"consumer\",outcome=\"failed\",verb=\"info\"} 1");
    }

    @Test
    void whatIsNotThereIsNotFound() throws Exception {
        assertThat(get("/").statusCode()).isEqualTo(404);
    }

    @Test
    void aPortThatIsTakenIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ManagementServer(server.port(), () -> true, () -> ""))
                .withMessage("HTTP_PORT: port " + server.port() + " is taken; choose another");
    }
}
