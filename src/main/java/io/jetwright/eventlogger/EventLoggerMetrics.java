package io.jetwright.eventlogger;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/** The metrics that /metrics shows. */
final class EventLoggerMetrics {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<Request, Timer> requests = new ConcurrentHashMap<>();

    EventLoggerMetrics() {
        PrometheusRegistry prometheus = registry.getPrometheusRegistry();
        ProcessMetrics.builder().register(prometheus);
        JvmMemoryMetrics.builder().register(prometheus);
    }

    private record Request(String method, String path, int status) {}

    /**
     * Registers a value that goes up and down.
     *
     * @param value NaN while it is not known
     */
    void gauge(String name, String description, DoubleSupplier value) {
        Gauge.builder("event.logger." + name, value::getAsDouble)
                .description(description)
                .register(registry);
    }

    /** Registers a value that only goes up. */
    void counter(String name, String description, DoubleSupplier value) {
        // Micrometer keeps a weak reference to the object that is counted (the registry here), and a strong one to the
        // function
        FunctionCounter.builder("event.logger." + name, registry, each -> value.getAsDouble())
                .description(description)
                .register(registry);
    }

    /**
     * Records a request that was answered.
     *
     * @param path empty if the app has no such path, so that clients cannot create a time series for each
     */
    void answered(String method, String path, int status, long nanoseconds) {
        requests.computeIfAbsent(new Request(method, path, status), this::timer)
                .record(nanoseconds, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Request request) {
        return Timer.builder("event.logger.http.requests")
                .description("Requests that were answered; for /events/stream until the head of the answer")
                .tag("method", request.method())
                .tag("path", request.path())
                .tag("status", String.valueOf(request.status()))
                .register(registry);
    }

    /**
     * All metrics, written one after the other: as OpenMetrics or protobuf if the client takes that, else in Prometheus' text
     * format.
     *
     * @param accepted the request's header Accept; empty if it has none
     */
    Answer answer(String accepted) {
        ExpositionFormatWriter format = ExpositionFormats.init().findWriter(accepted);
        return new Answer(
                200,
                format.getContentType(),
                Map.of(),
                Answer.UNKNOWN_LENGTH,
                out -> format.write(out, registry.getPrometheusRegistry().scrape()));
    }
}
