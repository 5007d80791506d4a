package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** What the relay of dead letters says of those of a consumer. */
public record DeadLettersStatus(
        @JsonPropertyDescription("The name in JetStream of the stream that stores them.") @Nullable
        String stream,

        @JsonPropertyDescription("How many are stored there now, on the subjects of this consumer's dead letters.")
        @Nullable
        Long stored,

        @JsonPropertyDescription("How many messages have died of which the letter is not stored yet.") @Nullable
        Long waiting,

        @JsonPropertyDescription("When the oldest one that is stored was stored.") @Nullable
        String oldest,

        @JsonPropertyDescription("Why the last message died.") @Nullable
        DeadLetterReason lastReason,

        @JsonPropertyDescription("When the last message died.") @Nullable
        String lastTime,

        @JsonPropertyDescription("Since when no message can have died without being noticed.") @Nullable
        String completeSince,

        @JsonPropertyDescription("Why dead letters are not stored, and what to do about it. Omitted while they are.")
        @Nullable
        String problem,

        @JsonPropertyDescription(
                "Why dead letters may be lost although they are stored, or some of them not be stored, and what to do about"
                        + " it. Omitted for nothing.")
        @Nullable
        String warning) {}
