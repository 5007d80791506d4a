package io.jetwright.plan;

import io.jetwright.api.ConsumerAlerts;
import io.jetwright.api.ConsumerSpec;
import io.jetwright.api.Durations;
import io.jetwright.api.StreamAlerts;
import io.jetwright.api.StreamSpec;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The thresholds of a spec as NATS' own tools read them in an object's metadata: {@code nats server check} and {@code nats audit}
 * (jsm.go, package {@code monitor}). They compare as the descriptions of the fields say: a value that reaches the threshold is
 * critical. {@code msgs-critical} and {@code waiting-critical} ask for the opposite of {@code messages} and {@code minWaiting},
 * which therefore have no key.
 */
final class MonitorKeys {
    /** What each key begins with. */
    static final String PREFIX = "io.nats.monitor.";

    private final Map<String, String> keys = new TreeMap<>();

    private MonitorKeys() {}

    /** The keys of a stream's thresholds, and those that its spec has in its metadata, which win. */
    static Map<String, String> withMetadata(StreamSpec spec) {
        StreamAlerts alerts = spec.alerts();
        var keys = new MonitorKeys();
        if (alerts != null) {
            keys.put("lag-critical", alerts.lag());
            keys.put("peer-expect", alerts.replicas());
            if (!keys.keys.isEmpty()) {
                keys.put("peer-expect", replicas(spec, alerts));
            }
        }
        return keys.and(spec.metadata());
    }

    /** Those of more than one replica have to be told: the tools take a stream that has others than expected for ill. */
    private static @Nullable Integer replicas(StreamSpec spec, StreamAlerts alerts) {
        Integer expected =
                Objects.requireNonNullElse(alerts.replicas(), Objects.requireNonNullElse(spec.replicas(), 1));
        return expected > 1 ? expected : null;
    }

    /**
     * The keys of a consumer's thresholds, and those that its spec has in its metadata, which win.
     *
     * @throws IllegalArgumentException if a duration cannot be read; the message names the field
     */
    static Map<String, String> withMetadata(ConsumerSpec spec) {
        ConsumerAlerts alerts = spec.alerts();
        var keys = new MonitorKeys();
        if (alerts != null) {
            keys.put("unprocessed-critical", alerts.pending());
            keys.put("outstanding-ack-critical", alerts.ackPending());
            keys.put("redelivery-critical", alerts.redelivered());
            keys.put("last-delivery-critical", duration("lastDelivery", alerts.lastDelivery()));
            keys.put("last-ack-critical", duration("lastAck", alerts.lastAck()));
        }
        return keys.and(spec.metadata());
    }

    private static @Nullable String duration(String field, @Nullable String text) {
        try {
            return text == null ? null : Durations.format(Durations.parse(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("spec.alerts.%s: %s".formatted(field, e.getMessage()), e);
        }
    }

    private void put(String key, @Nullable Object value) {
        if (value != null) {
            keys.put(PREFIX + key, value.toString());
        }
    }

    /** {@code nats audit} passes over objects without {@code enabled}. */
    private Map<String, String> and(@Nullable Map<String, String> ofUser) {
        if (!keys.isEmpty()) {
            put("enabled", true);
        }
        keys.putAll(Objects.requireNonNullElse(ofUser, Map.of()));
        return keys;
    }
}
