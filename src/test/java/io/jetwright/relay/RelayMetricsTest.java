package io.jetwright.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.relay.redrive.RedriveOutcome;
import org.junit.jupiter.api.Test;

class RelayMetricsTest {
    private final RelayMetrics metrics = new RelayMetrics();

    @Test
    void whatWasRedrivenIsCountedByOutcome() {
        for (RedriveOutcome outcome : RedriveOutcome.values()) {
            metrics.redriven(outcome, 1);
        }
        metrics.redriven(RedriveOutcome.SENT, 41);
        metrics.redriven(RedriveOutcome.UNCERTAIN, 0);

        assertThat(metrics.scrape().lines().filter(line -> line.startsWith("jetwright_dead_letters_redriven")))
                .containsExactlyInAnyOrder(
                        "jetwright_dead_letters_redriven_total{outcome=\"sent\"} 42.0",
                        "jetwright_dead_letters_redriven_total{outcome=\"no_payload\"} 1.0",
                        "jetwright_dead_letters_redriven_total{outcome=\"too_large\"} 1.0",
                        "jetwright_dead_letters_redriven_total{outcome=\"unfinished\"} 1.0",
                        "jetwright_dead_letters_redriven_total{outcome=\"uncertain\"} 1.0");
    }
}
