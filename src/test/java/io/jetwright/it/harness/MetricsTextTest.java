package io.jetwright.it.harness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetricsTextTest {
    @Test
    void whatPrometheusWouldNotMindHasNoFault() {
        assertThat(MetricsText.faults("""
                # HELP requests_total Requests
                # TYPE requests_total counter
                requests_total 3
                # HELP latency_seconds How long they take
                # TYPE latency_seconds summary
                latency_seconds_count 3
                """)).isEmpty();
    }

    @Test
    void missingHelpAndBadNamesAreFaults() {
        assertThat(MetricsText.faults("""
                # HELP bare
                # TYPE bare gauge
                # TYPE none gauge
                # HELP requests Requests
                # TYPE requests counter
                # HELP size_total Size
                # TYPE size_total gauge
                # HELP cpu_count Processors
                # TYPE cpu_count gauge
                # HELP my_gauge_size Size
                # TYPE my_gauge_size gauge
                """))
                .containsExactly(
                        "bare: no help text",
                        "none: no help text",
                        "requests: counters, and nothing else, end with _total",
                        "size_total: counters, and nothing else, end with _total",
                        "cpu_count: only histograms and summaries end so",
                        "my_gauge_size: neither types nor capital letters in names");
    }
}
