package io.jetwright.operator.run;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.jetwright.jetstream.Requests;
import io.jetwright.operator.report.Readings;
import io.jetwright.operator.report.StatusWrites;
import io.jetwright.process.MetricsRegistry;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What /metrics shows. */
public final class Metrics implements Requests, AutoCloseable {
    private final MetricsRegistry metrics = new MetricsRegistry();
    private final Census census = new Census(metrics.registry());
    private final Readings readings = new Readings();
    private final ResourceSeries series;
    private final Repetition reading = new Repetition();

    /**
     * Without values.
     *
     * @param mostSeries how many series the resources have together at most
     */
    public Metrics(int mostSeries) {
        series = new ResourceSeries(readings, mostSeries);
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

    /** What was last read of the resources; what is put in here is shown. */
    public Readings readings() {
        return readings;
    }

    /**
     * From now on has the readings renewed again and again.
     *
     * @param reader fails at nothing
     */
    public void renewReadings(Duration interval, Runnable reader) {
        reading.start(interval, reader);
    }

    /** Counts the statuses of streams, consumers and buckets that were written, or not. */
    public void status(StatusWrites.Cause cause) {
        Counter.builder("jetwright.status.writes")
                .description("Statuses of streams, consumers and buckets that were written, or postponed, by cause")
                .tag("cause", cause.word())
                .register(registry())
                .increment();
    }

    /**
     * Writes them in a format.
     *
     * @param resources all that there are now
     */
    public synchronized void scrape(
            Stream<? extends HasMetadata> resources, ExpositionFormatWriter format, OutputStream out)
            throws IOException {
        List<? extends HasMetadata> all = resources.toList();
        census.count(all.stream());
        readings.keep(all);
        series.show(all);
        try {
            metrics.scrape(format, out);
        } finally {
            series.show(List.of());
        }
    }

    @Override
    public void close() {
        reading.close();
    }
}
