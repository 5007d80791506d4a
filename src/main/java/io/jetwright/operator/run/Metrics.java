package io.jetwright.operator.run;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.jetwright.jetstream.Requests;
import io.jetwright.process.MetricsRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What /metrics shows. */
public final class Metrics implements Requests {
    private final MetricsRegistry metrics = new MetricsRegistry();
    private final Census census = new Census(metrics.registry());
    private final ResourceSeries series;

    /**
     * Without values.
     *
     * @param mostSeries how many series the resources have together at most
     */
    public Metrics(int mostSeries) {
        series = new ResourceSeries(mostSeries);
        registry().getPrometheusRegistry().register(series);
        registry().config().meterFilter(new Descriptions());
    }

    public PrometheusMeterRegistry registry() {
        return metrics.registry();
    }

    @Override
    public void sent(String object, String verb, String outcome, long nanoseconds) {
        Timer.builder("jetwright.jetstream.requests")
                .description("Requests to JetStream's API")
                .tag("object", object)
                .tag("verb", verb)
                .tag("outcome", outcome)
                .register(registry())
                .record(nanoseconds, TimeUnit.NANOSECONDS);
    }

    /**
     * Writes them in Prometheus' text format.
     *
     * @param resources all that there are now
     */
    public synchronized void scrape(Stream<? extends HasMetadata> resources, OutputStream out) throws IOException {
        List<? extends HasMetadata> all = resources.toList();
        census.count(all.stream());
        series.show(all);
        try {
            metrics.scrape(out);
        } finally {
            series.show(List.of());
        }
    }
}
