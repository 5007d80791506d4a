package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** The progress of copying from another stream. */
public record StreamLag(
        @JsonPropertyDescription("The stream that is copied from.")
        String name,

        @JsonPropertyDescription("The prefix of the JetStream API through which it is reached, if not the own.")
        @Nullable
        String externalApiPrefix,

        @JsonPropertyDescription("Of which subjects messages are copied, if not of all.") @Nullable
        String filterSubject,

        @Measurement
        @JsonPropertyDescription(
                "How many messages are still to be copied, as far as it is known: 0 as well while it is not reached.")
        long lag,

        @JsonPropertyDescription(
                "The stream was never reached: see whether its name and prefix are right, and whether the link"
                        + " to it is up. Omitted if it was.")
        @Nullable
        Boolean neverReached,

        @JsonPropertyDescription(
                "When it was last heard of, to the minute, if that is more than a minute ago; it is heard of every second"
                        + " while it is reached.")
        @Nullable
        String lastSeen,

        @JsonPropertyDescription("Why copying does not go on.") @Nullable
        String error) {
    /** A stream of the same JetStream that is reached, and copied as a whole. */
    public StreamLag(String name, long lag, @Nullable String error) {
        this(name, null, null, lag, null, null, error);
    }
}
