package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** Limits and defaults that a stream sets to its consumers. */
public record ConsumerLimits(
        @JsonPropertyDescription("After how long without use a consumer is removed, at most.")
        @Pattern(Durations.PATTERN)
        @Size(max = Limits.DURATION_LENGTH)
        @Nullable
        String inactiveThreshold,

        @JsonPropertyDescription("How many unacknowledged messages a consumer may have, at most.") @Min(-1) @Nullable
        Long maxAckPending) {}
