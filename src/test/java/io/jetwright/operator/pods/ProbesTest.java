package io.jetwright.operator.pods;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

class ProbesTest {
    @Test
    void aProbeAsksThePortByItsNameAndWaitsThreeSeconds() {
        assertThat(Serialization.asYaml(Probes.httpGet("http", "/ready", 5, 2))).isEqualTo("""
                ---
                failureThreshold: 2
                httpGet:
                  path: "/ready"
                  port: "http"
                periodSeconds: 5
                timeoutSeconds: 3
                """);
    }
}
