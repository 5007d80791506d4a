package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A Gateway of the Gateway API, or one of its listeners. */
public record GatewayReference(
        @JsonPropertyDescription("The name of the Gateway.") @Required @Size(min = 1, max = 253)
        String name,

        @JsonPropertyDescription(
                "Its namespace. Omitted: that of this resource. Its listeners must allow routes of this namespace.")
        @Pattern(Limits.ONE_NAMESPACE)
        @Size(min = 1, max = 63)
        @Nullable
        String namespace,

        @JsonPropertyDescription("The name of its listener. Omitted: all that fit.") @Size(min = 1, max = 253) @Nullable
        String sectionName,

        @JsonPropertyDescription("The port of its listeners. Omitted: all.") @Min(1) @Max(65_535) @Nullable
        Integer port) {}
