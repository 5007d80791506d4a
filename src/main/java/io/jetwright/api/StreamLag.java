package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** The progress of copying from another stream. */
public record StreamLag(
        @JsonPropertyDescription("The stream that is copied from.")
        String name,

        @JsonPropertyDescription("How many messages are still to be copied.")
        long lag,

        @JsonPropertyDescription("Why copying does not go on.") @Nullable
        String error) {}
