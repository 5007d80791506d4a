package io.jetwright.operator.run;

import static io.jetwright.operator.asset.Resources.keyValue;
import static io.jetwright.operator.asset.Resources.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jetwright.api.StreamStatus;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CensusTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final Census census = new Census(registry);

    private static io.jetwright.api.Stream reported(String namespace, String ready, String reason) {
        io.jetwright.api.Stream reported = stream("orders", "{}");
        reported.getMetadata().setNamespace(namespace);
        reported.setStatus(Serialization.unmarshal(
                "{\"conditions\": [{\"type\": \"Ready\", \"status\": \"%s\", \"reason\": \"%s\"}]}"
                        .formatted(ready, reason),
                StreamStatus.class));
        return reported;
    }

    /** The counts by namespace, kind, ready and reason. */
    private Map<String, Double> counts() {
        return registry.find("jetwright.resources").gauges().stream()
                .collect(Collectors.toMap(
                        gauge -> Stream.of("namespace", "kind", "ready", "reason")
                                .map(gauge.getId()::getTag)
                                .collect(Collectors.joining(" ")),
                        gauge -> gauge.value()));
    }

    @Test
    void resourcesAreCountedByNamespaceKindAndReadyCondition() {
        census.count(Stream.of(
                reported("shop", "True", "InSync"),
                reported("shop", "True", "InSync"),
                reported("bank", "True", "InSync"),
                reported("shop", "False", "Rejected"),
                keyValue("sessions", "{}")));
        assertThat(counts())
                .isEqualTo(Map.of(
                        "shop Stream True InSync", 2.0,
                        "bank Stream True InSync", 1.0,
                        "shop Stream False Rejected", 1.0,
                        "shop KeyValue Unknown Unknown", 1.0));
    }

    @Test
    void whatIsGoneIsNotCounted() {
        census.count(Stream.of(reported("shop", "True", "InSync")));
        census.count(Stream.of());
        assertThat(counts()).isEmpty();
    }

    @Test
    void whatReportsNothingIsUnknown() {
        census.count(Stream.of(new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("x")
                .endMetadata()
                .build()));
        assertThat(counts()).isEqualTo(Map.of("shop ConfigMap Unknown Unknown", 1.0));
    }
}
