package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** The sequences of a message among a consumer's deliveries and in its stream. */
public record SequencePair(
        @JsonPropertyDescription("The number of the delivery.")
        long consumerSequence,

        @JsonPropertyDescription("The message's sequence in the stream.")
        long streamSequence) {}
