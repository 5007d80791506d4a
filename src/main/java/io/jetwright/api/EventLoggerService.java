package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Service of an event logger. */
public record EventLoggerService(
        @JsonPropertyDescription("ClusterIP (default), NodePort or LoadBalancer.") @Nullable
        ServiceType type,

        @JsonPropertyDescription("Its port. Default: 8080.") @Min(1) @Max(65_535) @Nullable
        Integer port,

        @JsonPropertyDescription("Its annotations.") @Size(max = 100) @Nullable
        Map<String, String> annotations) {}
