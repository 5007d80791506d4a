package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Service of an event logger. */
@ValidationRule(
        value = "(has(self.port) ? self.port : 8080) != (has(self.managementPort) ? self.managementPort : 8081)",
        message = "port and managementPort must differ: choose another managementPort")
public record EventLoggerService(
        @JsonPropertyDescription("ClusterIP (default), NodePort or LoadBalancer.") @Nullable
        ServiceType type,

        @JsonPropertyDescription("Its port. Default: 8080.") @Min(1) @Max(65_535) @Nullable
        Integer port,

        @JsonPropertyDescription(
                "Its port for the app's metrics, probes and full status, which no Ingress and no HTTPRoute shows. Only a Service of"
                        + " type ClusterIP has it. Default: 8081.")
        @Min(1)
        @Max(65_535)
        @Nullable
        Integer managementPort,

        @JsonPropertyDescription("Its annotations.") @Size(max = 100) @Nullable
        Map<String, String> annotations) {}
