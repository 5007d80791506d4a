package io.jetwright.operator.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.jetwright.operator.asset.Resources;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private final Metrics metrics = new Metrics(1_000);

    private String scrape(Stream<? extends HasMetadata> resources) throws IOException {
        var out = new ByteArrayOutputStream();
        metrics.scrape(resources, PrometheusTextFormatWriter.create(), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void requestsAreCountedAndTimedByObjectVerbAndOutcome() throws IOException {
        metrics.sent("stream", "create", "ok", TimeUnit.MILLISECONDS.toNanos(3));
        metrics.sent("stream", "create", "ok", TimeUnit.MILLISECONDS.toNanos(5));
        metrics.sent("stream", "create", "rejected", TimeUnit.MILLISECONDS.toNanos(7));
        metrics.sent("consumer", "info", "failed", TimeUnit.MILLISECONDS.toNanos(9));
        assertThat(scrape(Stream.empty()).lines())
                .contains(
                        "jetwright_jetstream_requests_seconds_count{object=\"stream\",outcome=\"ok\",verb=\"create\"} 2",
                        "jetwright_jetstream_requests_seconds_sum{object=\"stream\",outcome=\"ok\",verb=\"create\"} 0.008",
                        "jetwright_jetstream_requests_seconds_count{object=\"stream\",outcome=\"rejected\",verb=\"create\"} 1",
                        "jetwright_jetstream_requests_seconds_count{object=\"consumer\",outcome=\"failed\",verb=\"info\"} 1");
    }

    @Test
    void aScrapeCountsTheResourcesThatThereAreThen() throws IOException {
        assertThat(scrape(Stream.of(Resources.stream("orders", "{}"))))
                .contains(
                        "jetwright_resources{kind=\"Stream\",namespace=\"shop\",ready=\"Unknown\",reason=\"Unknown\"} 1.0");
        assertThat(scrape(Stream.empty())).doesNotContain("jetwright_resources{");
    }

    @Test
    void whatOthersRegisterIsShownToo() throws IOException {
        metrics.registry().counter("another").increment();
        assertThat(scrape(Stream.empty()).lines()).contains("another_total 1.0");
    }
}
