package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** How much of JetStream an account uses, and may use. */
public record JetStreamLimits(
        @JsonPropertyDescription("For how many replicas, such as R3, where an account has limits for each.") @Nullable
        String tier,

        @JsonPropertyDescription("Bytes in memory.") Quota memory,

        @JsonPropertyDescription("Bytes in files.") Quota storage,

        @JsonPropertyDescription("Streams.") Quota streams,

        @JsonPropertyDescription("Consumers.") Quota consumers) {}
