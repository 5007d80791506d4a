package io.jetwright.operator.run;

import io.jetwright.api.JetwrightResource;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A metric of resources of one kind; all are gauges, since JetStream may set what only grows back when a stream is made anew.
 *
 * @param values its values; none where neither spec nor status say
 * @param <R> the resource
 * @param <T> its status
 */
record ResourceMetric<R extends JetwrightResource<?, T>, T>(MetricMetadata metadata, Values<R, T> values) {
    /** Takes values of one resource. */
    @FunctionalInterface
    interface Sink {
        /**
         * Takes one.
         *
         * @param labels beside those of the resource
         */
        void value(Labels labels, double value);
    }

    /** Tells the values of a resource. */
    @FunctionalInterface
    interface Values<R, T> {
        /**
         * Tells them.
         *
         * @param status the newest; null before the first report
         */
        void tell(R resource, @Nullable T status, Sink sink);
    }

    /** A metric of the spec, with one value, or none where it is null. */
    static <R extends JetwrightResource<?, T>, T> ResourceMetric<R, T> ofSpec(
            String name, String help, Function<R, @Nullable Number> value) {
        return of(name, help, (resource, status) -> value.apply(resource));
    }

    /** A metric of the status, with one value, or none where it is null. */
    static <R extends JetwrightResource<?, T>, T> ResourceMetric<R, T> ofStatus(
            String name, String help, Function<T, @Nullable Number> value) {
        return of(name, help, (resource, status) -> MetricParts.ofStatus(status, value));
    }

    /** A metric of spec and status, with one value, or none where it is null. */
    static <R extends JetwrightResource<?, T>, T> ResourceMetric<R, T> of(
            String name, String help, BiFunction<R, @Nullable T, @Nullable Number> value) {
        return new ResourceMetric<>(new MetricMetadata(name, help), (resource, status, sink) -> {
            Number number = value.apply(resource, status);
            if (number != null) {
                sink.value(Labels.EMPTY, number.doubleValue());
            }
        });
    }

    /** A metric of the status, with several values. */
    static <R extends JetwrightResource<?, T>, T> ResourceMetric<R, T> ofSeveral(
            String name, String help, BiConsumer<T, Sink> values) {
        return new ResourceMetric<>(new MetricMetadata(name, help), (resource, status, sink) -> {
            if (status != null) {
                values.accept(status, sink);
            }
        });
    }
}
