package io.jetwright.operator.run;

import io.jetwright.api.AssetSpec;
import io.jetwright.api.AssetStatus;
import io.jetwright.api.JetwrightResource;
import io.jetwright.api.Replica;
import io.jetwright.api.Reported;
import io.jetwright.status.Conditions;
import io.jetwright.status.Truth;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the metrics of several kinds are made of. Pure functions. */
final class MetricParts {
    private MetricParts() {}

    /** One list of several metrics, with {@code more} at its end. */
    static <M> List<M> allOf(List<M> more, List<M> first) {
        return Stream.concat(first.stream(), more.stream()).toList();
    }

    /** A value of a status; null without one. */
    static <S, V> @Nullable V ofStatus(@Nullable S status, Function<S, @Nullable V> value) {
        return status == null ? null : value.apply(status);
    }

    static <R extends JetwrightResource<?, T>, T extends Reported> ResourceMetric<R, T> ready(String kind) {
        return ResourceMetric.ofStatus(
                "jetwright_%s_ready".formatted(kind),
                "1 if the condition Ready is True, 0 if it is not",
                status -> Conditions.find(status.conditions(), "Ready")
                        .map(ready -> number(Truth.TRUE.word().equals(ready.getStatus())))
                        .orElse(null));
    }

    static <R extends JetwrightResource<?, T>, T> ResourceMetric<R, T> hasLeader(
            String kind, Function<T, @Nullable String> cluster, Function<T, @Nullable String> leader) {
        return ResourceMetric.ofStatus(
                "jetwright_%s_has_leader".formatted(kind),
                "1 if a server of the cluster leads, 0 if none does",
                status -> cluster.apply(status) == null ? null : number(leader.apply(status) != null));
    }

    static <R extends JetwrightResource<?, T>, T> ResourceMetric<R, T> offline(
            String kind, Function<T, @Nullable List<Replica>> replicas) {
        return ResourceMetric.ofStatus(
                "jetwright_%s_replicas_offline".formatted(kind),
                "Servers with a copy that were not seen lately",
                status -> countOffline(replicas.apply(status)));
    }

    private static @Nullable Long countOffline(@Nullable List<Replica> replicas) {
        return replicas == null
                ? null
                : Long.valueOf(replicas.stream().filter(Replica::offline).count());
    }

    /** When the measurements of a resource were read; none of one that is suspended, whose age is no fault. */
    static <R extends JetwrightResource<? extends AssetSpec, T>, T extends AssetStatus> ResourceMetric<R, T> observed(
            String kind) {
        return ResourceMetric.of(
                "jetwright_%s_observed_timestamp_seconds".formatted(kind),
                "When the numbers were read from JetStream, by its servers' clock, in seconds since 1970",
                (resource, status) ->
                        resource.getSpec().suspends() ? null : seconds(ofStatus(status, AssetStatus::readTime)));
    }

    /** Seconds since 1970 of a time as RFC 3339 writes it; null for none. */
    static @Nullable Number seconds(@Nullable String time) {
        return time == null ? null : Instant.parse(time).getEpochSecond();
    }

    /** A limit of a spec; null for none, which JetStream also writes as 0. */
    static @Nullable Number limit(@Nullable Number limit) {
        return limit == null || limit.longValue() < 1 ? null : limit;
    }

    static Number number(boolean value) {
        return value ? 1 : 0;
    }
}
