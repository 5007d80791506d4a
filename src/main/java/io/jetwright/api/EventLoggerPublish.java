package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** Who may publish through an event logger. */
public record EventLoggerPublish(
        @JsonPropertyDescription(
                "Whether the app publishes at all. False: it only shows what arrives, and needs no permission to publish."
                        + " Default: true.")
        @Nullable
        Boolean enabled,

        @JsonPropertyDescription(
                "The Secret with the bearer token that whoever publishes must send. Omitted: whoever reaches the"
                        + " app may publish.")
        @Nullable
        EventLoggerTokenSecret tokenSecret) {}
