package io.jetwright.relay;

import io.jetwright.jetstream.Requests;
import io.jetwright.process.MetricsRegistry;
import io.jetwright.relay.redrive.RedriveOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What /metrics of the relay shows. The series are bounded: none is of a single consumer or stream. */
public final class RelayMetrics implements Requests {
    private final MetricsRegistry metrics = new MetricsRegistry();

    /** There from the start, and found fast: thousands are counted in a second. */
    private final Map<RedriveOutcome, Counter> redriven = Stream.of(RedriveOutcome.values())
            .collect(Collectors.toMap(
                    outcome -> outcome,
                    this::redriven,
                    (one, other) -> one,
                    () -> new EnumMap<>(RedriveOutcome.class)));

    /** Where metrics are registered. */
    public PrometheusMeterRegistry registry() {
        return metrics.registry();
    }

    @Override
    public void sent(String object, String verb, String outcome, long nanoseconds) {
        Timer.builder("jetwright.dead.letters.requests")
                .description("Requests of the relay of dead letters to JetStream")
                .tag("object", object)
                .tag("verb", verb)
                .tag("outcome", outcome)
                .register(registry())
                .record(nanoseconds, TimeUnit.NANOSECONDS);
    }

    /** A message that has died was dealt with. */
    void relayed(Outcome outcome) {
        Counter.builder("jetwright.dead.letters.relayed")
                .description("Messages that have died, by what became of them")
                .tag("outcome", outcome.word())
                .register(registry())
                .increment();
    }

    private Counter redriven(RedriveOutcome outcome) {
        return Counter.builder("jetwright.dead.letters.redriven")
                .description("Dead letters that Redrives have selected, by what became of them")
                .tag("outcome", outcome.word())
                .register(registry());
    }

    /** So many dead letters were dealt with by Redrives. */
    void redriven(RedriveOutcome outcome, long letters) {
        Objects.requireNonNull(redriven.get(outcome)).increment((double) letters);
    }

    /** Has a number shown as it is at each scrape. */
    void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).register(registry());
    }

    /** Writes them in a format. */
    void scrape(ExpositionFormatWriter format, OutputStream out) throws IOException {
        metrics.scrape(format, out);
    }
}
