package io.jetwright.operator.run;

import static io.jetwright.operator.run.MetricParts.limit;
import static io.jetwright.operator.run.MetricParts.number;
import static io.jetwright.operator.run.MetricParts.ofStatus;

import io.jetwright.api.Consumer;
import io.jetwright.api.ConsumerAlerts;
import io.jetwright.api.ConsumerStatus;
import io.jetwright.api.DiscardPolicy;
import io.jetwright.api.Durations;
import io.jetwright.api.Replica;
import io.jetwright.api.RetentionPolicy;
import io.jetwright.api.Stream;
import io.jetwright.api.StreamAlerts;
import io.jetwright.api.StreamSpec;
import io.jetwright.api.StreamStatus;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The thresholds of {@code spec.alerts}, to be compared with the metrics beside them. Pure functions of the resource. */
final class AlertMetrics {
    static final List<ResourceMetric<Stream, StreamStatus>> STREAM = List.of(
            ofStream("messages", "spec.alerts.messages", StreamAlerts::messages),
            ofStream(
                    "messages_ratio",
                    "spec.alerts.maxMsgsPercent, 1 for all of spec.maxMsgs",
                    alerts -> ratio(alerts.maxMsgsPercent())),
            ofStream(
                    "bytes_ratio",
                    "spec.alerts.maxBytesPercent, 1 for all of spec.maxBytes",
                    alerts -> ratio(alerts.maxBytesPercent())),
            ofStream("lag", "spec.alerts.lag", StreamAlerts::lag),
            ofStream("replicas", "spec.alerts.replicas", StreamAlerts::replicas),
            ResourceMetric.of(
                    "jetwright_stream_replicas_online",
                    "With spec.alerts.replicas: the leader and the servers with a copy that were seen lately; 0 without a leader",
                    (stream, status) -> {
                        StreamAlerts alerts = stream.getSpec().alerts();
                        return alerts == null || alerts.replicas() == null
                                ? null
                                : ofStatus(status, AlertMetrics::online);
                    }),
            ResourceMetric.ofSpec(
                    "jetwright_stream_limit_drops_oldest",
                    "With a limit in the spec: 1 if a full stream drops its oldest messages, which with retention: limits is how it works; else 0",
                    AlertMetrics::dropsOldest));

    static final List<ResourceMetric<Consumer, ConsumerStatus>> CONSUMER = List.of(
            ofConsumer("pending", "spec.alerts.pending", ConsumerAlerts::pending),
            ofConsumer("ack_pending", "spec.alerts.ackPending", ConsumerAlerts::ackPending),
            ofConsumer("redelivered", "spec.alerts.redelivered", ConsumerAlerts::redelivered),
            ofConsumer("last_delivery_seconds", "spec.alerts.lastDelivery", alerts -> seconds(alerts.lastDelivery())),
            ofConsumer("last_ack_seconds", "spec.alerts.lastAck", alerts -> seconds(alerts.lastAck())),
            ofConsumer("min_waiting", "spec.alerts.minWaiting", ConsumerAlerts::minWaiting));

    private AlertMetrics() {}

    private static ResourceMetric<Stream, StreamStatus> ofStream(
            String name, String help, Function<StreamAlerts, @Nullable Number> value) {
        return ResourceMetric.ofSpec(
                "jetwright_stream_alert_" + name,
                help,
                stream -> ofStatus(stream.getSpec().alerts(), value));
    }

    private static ResourceMetric<Consumer, ConsumerStatus> ofConsumer(
            String name, String help, Function<ConsumerAlerts, @Nullable Number> value) {
        return ResourceMetric.ofSpec(
                "jetwright_consumer_alert_" + name,
                help,
                consumer -> ofStatus(consumer.getSpec().alerts(), value));
    }

    private static @Nullable Number ratio(@Nullable Integer percent) {
        return percent == null ? null : percent / 100.0;
    }

    /** None where the duration cannot be read, which the resource's conditions tell. */
    private static @Nullable Number seconds(@Nullable String duration) {
        try {
            return duration == null ? null : Durations.parse(duration).toNanos() / 1e9;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable Number dropsOldest(Stream stream) {
        StreamSpec spec = stream.getSpec();
        boolean hasLimit = limit(spec.maxMsgs()) != null
                || limit(spec.maxBytes() == null ? null : spec.maxBytes().bytes()) != null;
        boolean isQueue = spec.retention() != null && spec.retention() != RetentionPolicy.LIMITS;
        return hasLimit ? number(!isQueue && spec.discard() != DiscardPolicy.NEW) : null;
    }

    private static @Nullable Number online(StreamStatus status) {
        if (status.cluster() == null) {
            return null;
        }
        if (status.leader() == null) {
            return 0;
        }
        return 1
                + Objects.requireNonNullElse(status.replicas(), List.<Replica>of()).stream()
                        .filter(each -> !each.offline() && !Boolean.TRUE.equals(each.pending()))
                        .count();
    }
}
