package io.jetwright.operator.run;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.jetwright.jetstream.Requests;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** What /metrics shows. */
public final class Metrics implements Requests {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private final Census census = new Census(registry);
    private final AtomicBoolean wasScraped = new AtomicBoolean();

    public Metrics() {
        registry.config().meterFilter(new Descriptions());
    }

    public PrometheusMeterRegistry registry() {
        return registry;
    }

    @Override
    public void sent(String object, String verb, String outcome, long nanoseconds) {
        Timer.builder("jetwright.jetstream.requests")
                .description("Requests to JetStream's API")
                .tag("object", object)
                .tag("verb", verb)
                .tag("outcome", outcome)
                .register(registry)
                .record(nanoseconds, TimeUnit.NANOSECONDS);
    }

    /**
     * In Prometheus' text format.
     *
     * @param resources all that there are now
     */
    public String scrape(Stream<? extends HasMetadata> resources) {
        if (wasScraped.compareAndSet(false, true)) {
            // Not earlier, since it would make the start longer
            describeProcess();
        }
        census.count(resources);
        return registry.scrape();
    }

    private void describeProcess() {
        PrometheusRegistry prometheus = registry.getPrometheusRegistry();
        ProcessMetrics.builder().register(prometheus);
        JvmMemoryMetrics.builder().register(prometheus);
        JvmGarbageCollectorMetrics.builder().register(prometheus);
        JvmThreadsMetrics.builder().register(prometheus);
    }
}
