package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The HTTPRoute of an event logger, for the Gateway API. */
@ValidationRule(
        value = "!has(self.enabled) || !self.enabled || (has(self.parentRefs) && size(self.parentRefs) > 0)",
        message = "parentRefs is needed: name the Gateway that the route belongs to")
public record EventLoggerHttpRoute(
        @JsonPropertyDescription("Whether there is one. It takes the Gateway API's CRDs. Default: false.") @Nullable
        Boolean enabled,

        @JsonPropertyDescription("The Gateways that the route belongs to.") @Size(max = 32) @Nullable
        List<GatewayReference> parentRefs,

        @JsonPropertyDescription(
                "The host names, such as events.example.com. Omitted: all that the Gateway's listeners take.")
        @Size(max = 16)
        @Nullable
        List<@Pattern(Limits.HOST) @Size(min = 1, max = 253) String> hostnames,

        @JsonPropertyDescription(
                "The path under which the app is shown, such as /logger; it is not rewritten. Default:" + " /.")
        @Pattern(Limits.PATH)
        @Size(min = 1, max = 255)
        @ValidationRule(value = Limits.NO_API_PATH, message = Limits.NO_API_PATH_MESSAGE)
        @Nullable
        String path,

        @JsonPropertyDescription("Its annotations.") @Size(max = 100) @Nullable
        Map<String, String> annotations) {}
