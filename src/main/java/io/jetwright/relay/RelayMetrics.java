package io.jetwright.relay;

import io.jetwright.jetstream.Requests;
import io.jetwright.process.MetricsRegistry;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What /metrics of the relay shows. The series are bounded: none is of a single consumer or stream. */
public final class RelayMetrics implements Requests {
    private final MetricsRegistry metrics = new MetricsRegistry();

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

    /** Has a number shown as it is at each scrape. */
    void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).register(registry());
    }

    /** In Prometheus' text format. */
    String scrape() {
        return metrics.scrape();
    }
}
