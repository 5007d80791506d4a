package io.jetwright.process;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicBoolean;

/** The metrics of a process, with those of its JVM. */
public final class MetricsRegistry {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final AtomicBoolean wasScraped = new AtomicBoolean();

    /** Where metrics are registered. */
    public PrometheusMeterRegistry registry() {
        return registry;
    }

    /**
     * Writes all metrics in a format, one after the other, so that the text as a whole is never in memory.
     *
     * @throws IOException if it cannot be written
     */
    public void scrape(ExpositionFormatWriter format, OutputStream out) throws IOException {
        if (wasScraped.compareAndSet(false, true)) {
            // Not earlier, since it would make the start longer
            describeProcess();
        }
        format.write(out, registry.getPrometheusRegistry().scrape());
    }

    private void describeProcess() {
        PrometheusRegistry prometheus = registry.getPrometheusRegistry();
        ProcessMetrics.builder().register(prometheus);
        JvmMemoryMetrics.builder().register(prometheus);
        JvmGarbageCollectorMetrics.builder().register(prometheus);
        JvmThreadsMetrics.builder().register(prometheus);
    }
}
