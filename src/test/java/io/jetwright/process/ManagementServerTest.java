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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManagementServerTest {
    private final Metrics metrics = new Metrics(1_000);
    private final List<HasMetadata> resources = new CopyOnWriteArrayList<>();
    private volatile Optional<String> unready = Optional.of("not started yet");
    private final ManagementServer server =
            new ManagementServer(0, () -> unready, (format, out) -> metrics.scrape(resources.stream(), format, out));
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/openmetrics-text",
                "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,text/plain;version=0.0.4;q=0.3,*/*;q=0.2"
            })
    void whoAsksForOpenMetricsGetsIt(String accepted) throws Exception {
        HttpResponse<String> answer = get("/metrics", "Accept", accepted);

        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("application/openmetrics-text; version=1.0.0; charset=utf-8");
        assertThat(answer.body())
                .contains("# TYPE process_cpu_seconds counter\n")
                .endsWith("\n# EOF\n");
    }

    @Test
    void whatIsAcceptedMayBeInSeveralHeaders() throws Exception {
        HttpResponse<String> answer =
                get("/metrics", "Accept", "text/plain;version=0.0.4", "Accept", "application/openmetrics-text");

        assertThat(answer.body()).endsWith("\n# EOF\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "text/html", "text/plain;version=0.0.4"})
    void othersGetPrometheusText(String accepted) throws Exception {
        assertPrometheusText(get("/metrics", "Accept", accepted));
    }

    @Test
    void whoAsksForNothingGetsPrometheusText() throws Exception {
        assertPrometheusText(get("/metrics"));
    }

    private static void assertPrometheusText(HttpResponse<String> answer) {
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.body())
                .contains("# TYPE process_cpu_seconds_total counter\n")
                .doesNotContain("# EOF");
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
                .isThrownBy(() -> new ManagementServer(server.port(), Optional::empty, (format, out) -> {}))
                .withMessage("HTTP_PORT: port " + server.port() + " is taken; choose another");
    }
}
