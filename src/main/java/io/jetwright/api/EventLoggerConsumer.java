package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** The durable consumer of an event logger. */
public record EventLoggerConsumer(
        @JsonPropertyDescription(
                "Its name in JetStream. Default: event-logger. Two event loggers of one stream need two"
                        + " names. Cannot be changed.")
        @Pattern(Limits.NAME)
        @Size(min = 1, max = Limits.NAME_LENGTH)
        @Nullable
        String durableName) {}
