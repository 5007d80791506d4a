package io.jetwright.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jetwright.api.Stream;
import io.jetwright.api.StreamStatus;
import io.jetwright.operator.asset.Resources;
import io.jetwright.operator.run.Metrics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ManagementServerTest {
    private final Metrics metrics = new Metrics(1_000);
    private final List<HasMetadata> resources = new CopyOnWriteArrayList<>();
    private volatile Optional<String> unready = Optional.of("not started yet");
    private final ManagementServer server =
            new ManagementServer(0, () -> unready, out -> metrics.scrape(resources.stream(), out));
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
        unready = Optional.empty();
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
        assertThat(get("/readyz").body()).isEqualTo("ok\n");
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
    void metricsCountTheResourcesThatThereAreNowByTheirReadyCondition() throws Exception {
        Stream ready = Resources.stream("orders", "{}");
        ready.setStatus(Serialization.unmarshal(
                "{\"conditions\": [{\"type\": \"Ready\", \"status\": \"True\", \"reason\": \"InSync\"}]}",
                StreamStatus.class));
        resources.addAll(List.of(ready, Resources.stream("new", "{}"), Resources.stream("newer", "{}")));
        assertThat(samples())
                .containsExactlyInAnyOrder(
                        "jetwright_resources{kind=\"Stream\",namespace=\"shop\",ready=\"True\",reason=\"InSync\"} 1.0",
                        "jetwright_resources{kind=\"Stream\",namespace=\"shop\",ready=\"Unknown\",reason=\"Unknown\"} 2.0");

        resources.remove(ready);

        assertThat(samples())
                .containsExactly(
                        "jetwright_resources{kind=\"Stream\",namespace=\"shop\",ready=\"Unknown\",reason=\"Unknown\"} 2.0");
    }

    private List<String> samples() throws Exception {
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("jetwright_resources{"))
                .toList();
    }

    @Test
    void whatIsNotThereIsNotFound() throws Exception {
        assertThat(get("/").statusCode()).isEqualTo(404);
    }

    @Test
    void aPortThatIsTakenIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ManagementServer(server.port(), Optional::empty, out -> {}))
                .withMessage("HTTP_PORT: port " + server.port() + " is taken; choose another");
    }
}
