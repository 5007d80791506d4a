package io.jetwright.operator.run;

import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A metric of resources of one kind; all are gauges, since JetStream may set what only grows back when a stream is made anew.
 *
 * @param values its values, each with labels beside those of the resource; empty where the status does not say
 * @param <R> the resource
 */
record ResourceMetric<R>(MetricMetadata metadata, Function<R, List<Value>> values) {
    /** A value, with labels beside those of the resource. */
    record Value(Labels labels, double value) {}

    /** A value of one resource. */
    record Sample(ResourceMetric<?> metric, Labels labels, double value) {}

    /** A metric with one value, or none where it is null. */
    static <R> ResourceMetric<R> of(String name, String help, Function<R, @Nullable Number> value) {
        return new ResourceMetric<>(new MetricMetadata(name, help), resource -> {
            Number number = value.apply(resource);
            return number == null ? List.of() : List.of(new Value(Labels.EMPTY, number.doubleValue()));
        });
    }

    /** A metric with several values. */
    static <R> ResourceMetric<R> ofSeveral(String name, String help, Function<R, List<Value>> values) {
        return new ResourceMetric<>(new MetricMetadata(name, help), values);
    }

    List<Sample> samples(R resource) {
        return values.apply(resource).stream()
                .map(each -> new Sample(this, each.labels(), each.value()))
                .toList();
    }
}
