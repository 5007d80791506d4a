package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** The sequences of a message among a consumer's deliveries and in its stream. */
public record SequencePair(
        @Measurement @JsonPropertyDescription("The number of the delivery.")
        long consumerSequence,

        @Measurement @JsonPropertyDescription("The message's sequence in the stream.")
        long streamSequence,

        @Measurement
        @JsonPropertyDescription("When that was. Omitted if it never was, or not since the server started.")
        @Nullable
        String lastTime) {}
