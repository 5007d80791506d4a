package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Ingress of an event logger. */
public record EventLoggerIngress(
        @JsonPropertyDescription("Whether there is one. Default: false.") @Nullable
        Boolean enabled,

        @JsonPropertyDescription("Its IngressClass. Omitted: the cluster's default.")
        @Size(min = 1, max = 253)
        @Nullable
        String className,

        @JsonPropertyDescription(
                "The host name, such as events.example.com. Omitted: all that arrive at the ingress" + " controller.")
        @Pattern(Limits.HOST)
        @Size(min = 1, max = 253)
        @Nullable
        String host,

        @JsonPropertyDescription(
                "The path under which the app is shown, such as /logger; it is not rewritten. It may not begin with a path of"
                        + " the API, such as /events. Default: /.")
        @Pattern(Limits.PATH)
        @Size(min = 1, max = 255)
        @ValidationRule(value = Limits.NO_API_PATH, message = Limits.NO_API_PATH_MESSAGE)
        @Nullable
        String path,

        @JsonPropertyDescription("The Secret with the certificate, by which it speaks TLS.")
        @Size(min = 1, max = 253)
        @Nullable
        String tlsSecretName,

        @JsonPropertyDescription("Its annotations.") @Size(max = 100) @Nullable
        Map<String, String> annotations) {}
