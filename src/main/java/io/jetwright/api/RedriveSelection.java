package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Which dead letters: those that meet all that is set. */
@ValidationRule(
        value = "!has(self.fromSequence) || !has(self.toSequence) || self.fromSequence <= self.toSequence",
        message = "fromSequence must not be above toSequence")
public record RedriveSelection(
        @JsonPropertyDescription("Only messages of this stream in JetStream.")
        @Pattern(Limits.NAME)
        @Size(min = 1, max = Limits.NAME_LENGTH)
        @Nullable
        String stream,

        @JsonPropertyDescription("Only messages that died at this consumer in JetStream.")
        @Pattern(Limits.NAME)
        @Size(min = 1, max = Limits.NAME_LENGTH)
        @Nullable
        String consumer,

        @JsonPropertyDescription("Only messages whose own subject, not that of the dead letter, is this one; wildcards"
                + " are allowed.")
        @Pattern(Limits.SUBJECT)
        @Size(min = 1, max = Limits.SUBJECT_LENGTH)
        @Nullable
        String subject,

        @JsonPropertyDescription("Only messages that died for this reason.") @Nullable
        DeadLetterReason reason,

        @JsonPropertyDescription("Only messages that died since this time, such as 2026-01-31T12:00:00Z, or since so"
                + " long before the Redrive was created, such as 2h.")
        @Pattern(Limits.TIME_OR_DURATION)
        @Size(max = Limits.TIME_LENGTH)
        @Nullable
        String since,

        @JsonPropertyDescription("Only messages that died before this time, or so long before the Redrive was created.")
        @Pattern(Limits.TIME_OR_DURATION)
        @Size(max = Limits.TIME_LENGTH)
        @Nullable
        String until,

        @JsonPropertyDescription("Only dead letters from this sequence on, in the stream of dead letters.")
        @Min(1)
        @Nullable
        Long fromSequence,

        @JsonPropertyDescription("Only dead letters up to this sequence, in the stream of dead letters.")
        @Min(1)
        @Nullable
        Long toSequence) {
    /** All dead letters. */
    public static final RedriveSelection ALL = new RedriveSelection(null, null, null, null, null, null, null, null);
}
