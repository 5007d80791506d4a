package io.jetwright.relay.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.jetwright.api.Redrive;
import io.jetwright.nats.ConnectionSettings;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RedriveQueueTest {
    private static final ConnectionSettings NATS = new ConnectionSettings(List.of(URI.create("nats://one")), null);
    private static final ConnectionSettings OTHER = new ConnectionSettings(List.of(URI.create("nats://other")), null);

    private static RedriveQueue.Entry entry(
            String name, int second, ConnectionSettings connection, String stream, boolean isDryRun) {
        return new RedriveQueue.Entry(
                Serialization.unmarshal("""
                apiVersion: jetwright.io/v1beta1
                kind: Redrive
                metadata: {name: %s, namespace: shop, creationTimestamp: "2026-01-01T00:00:0%dZ"}
                spec: {streamName: %s, dryRun: %s}
                """.formatted(name, second, stream, isDryRun), Redrive.class),
                new Way.Open(connection, stream));
    }

    private static Map<String, String> order(RedriveQueue.Entry... entries) {
        return RedriveQueue.order(List.of(entries)).entrySet().stream()
                .collect(Collectors.toMap(
                        each -> each.getKey().redrive().getMetadata().getName(),
                        each -> each.getValue().redrive().getMetadata().getName()));
    }

    @Test
    void ofEachStreamTheOldestIsWorkedOn() {
        assertThat(order(
                        entry("young", 5, NATS, "DEAD", false),
                        entry("old", 1, NATS, "DEAD", false),
                        entry("alone", 7, NATS, "OTHER", false),
                        entry("elsewhere", 8, OTHER, "DEAD", false)))
                .isEqualTo(Map.of("young", "old", "old", "old", "alone", "alone", "elsewhere", "elsewhere"));
    }

    @Test
    void ofTwoThatAreEquallyOldTheNameDecides() {
        assertThat(order(entry("b", 1, NATS, "DEAD", false), entry("a", 1, NATS, "DEAD", false)))
                .isEqualTo(Map.of("a", "a", "b", "a"));
    }

    @Test
    void aDryRunNeitherWaitsNorHoldsUpOthers() {
        assertThat(order(
                        entry("dry", 1, NATS, "DEAD", true),
                        entry("real", 2, NATS, "DEAD", false),
                        entry("dry-too", 3, NATS, "DEAD", true)))
                .isEqualTo(Map.of("dry", "dry", "real", "real", "dry-too", "dry-too"));
    }
}
