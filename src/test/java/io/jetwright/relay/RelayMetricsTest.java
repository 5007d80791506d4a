package io.jetwright.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.relay.redrive.RedriveOutcome;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RelayMetricsTest {
    private final RelayMetrics metrics = new RelayMetrics();

    private String scrape() throws IOException {
        var out = new ByteArrayOutputStream();
        metrics.scrape(PrometheusTextFormatWriter.create(), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void whatWasRedrivenIsCountedByOutcome() throws IOException {
        for (RedriveOutcome outcome : RedriveOutcome.values()) {
            metrics.redriven(outcome, 1);
        }
        metrics.redriven(RedriveOutcome.SENT, 41);
        metrics.redriven(RedriveOutcome.UNCERTAIN, 0);

        assertThat(scrape().lines().filter(line -> line.startsWith("jetwright_dead_letters_redriven")))
                .containsExactlyInAnyOrder(
                        "jetwright_dead_letters_redriven_total{outcome=\"sent\"} 42.0",
                        "jetwright_dead_letters_redriven_total{outcome=\"no_payload\"} 1.0",
                        "jetwright_dead_letters_redriven_total{outcome=\"too_large\"} 1.0",
                        "jetwright_dead_letters_redriven_total{outcome=\"unfinished\"} 1.0",
                        "jetwright_dead_letters_redriven_total{outcome=\"uncertain\"} 1.0");
    }
}
