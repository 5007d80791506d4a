package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which dead letters are sent back, and how, as the resource declares it. A field that is null was omitted. */
@JsonClassDescription(
        "Which dead letters are sent back, where to, and how fast. Only ttlSecondsAfterFinished can be changed.")
@ValidationRule(
        value = "has(self.streamRef) != has(self.streamName)",
        message = "set either streamRef (a Stream resource) or streamName (a stream in JetStream)")
@ValidationRule(
        value = "has(self.streamRef) == has(oldSelf.streamRef)"
                + " && (!has(self.streamRef) || self.streamRef == oldSelf.streamRef)"
                + " && has(self.streamName) == has(oldSelf.streamName)"
                + " && (!has(self.streamName) || self.streamName == oldSelf.streamName)"
                + " && " + ConnectionReference.UNCHANGED
                + " && has(self.select) == has(oldSelf.select) && (!has(self.select) || self.select == oldSelf.select)"
                + " && has(self.to) == has(oldSelf.to) && (!has(self.to) || self.to == oldSelf.to)"
                + " && has(self.ratePerSecond) == has(oldSelf.ratePerSecond)"
                + " && (!has(self.ratePerSecond) || self.ratePerSecond == oldSelf.ratePerSecond)"
                + " && has(self.limit) == has(oldSelf.limit) && (!has(self.limit) || self.limit == oldSelf.limit)"
                + " && has(self.dryRun) == has(oldSelf.dryRun) && (!has(self.dryRun) || self.dryRun == oldSelf.dryRun)"
                + " && has(self.maxDeadAgainPercent) == has(oldSelf.maxDeadAgainPercent)"
                + " && (!has(self.maxDeadAgainPercent) || self.maxDeadAgainPercent == oldSelf.maxDeadAgainPercent)",
        message = "a Redrive cannot be changed, since it runs once: create another Redrive, and delete this one; only"
                + " ttlSecondsAfterFinished can be changed")
public record RedriveSpec(
        @JsonPropertyDescription("The Stream resource, in the same namespace, that stores the dead letters. Either this"
                + " or streamName.")
        @Nullable
        StreamReference streamRef,

        @JsonPropertyDescription(
                "The name in JetStream of the stream that stores the dead letters. Either this or" + " streamRef.")
        @Pattern(Limits.NAME)
        @Size(min = 1, max = Limits.NAME_LENGTH)
        @Nullable
        String streamName,

        @JsonPropertyDescription(
                "The Connection to NATS. Omitted: that of the Stream resource, else the operator's" + " default.")
        @Nullable
        ConnectionReference connectionRef,

        @JsonPropertyDescription("Which dead letters. Omitted: all that are stored when the Redrive starts.") @Nullable
        RedriveSelection select,

        @JsonPropertyDescription("Where to. Omitted: to the subject of each message, provided that no other consumer"
                + " would get it as well.")
        @Nullable
        RedriveTarget to,

        @JsonPropertyDescription(
                "How many messages are sent in a second at most. Omitted: as fast as JetStream" + " confirms them.")
        @Min(1)
        @Max(100_000)
        @Nullable
        Integer ratePerSecond,

        @JsonPropertyDescription("How many messages are sent at most, the oldest dead letters first. Omitted: all that"
                + " are selected.")
        @Min(1)
        @Nullable
        Long limit,

        @JsonPropertyDescription("Tells how many dead letters are selected, shows the first five, and sends nothing.")
        @Nullable
        Boolean dryRun,

        @JsonPropertyDescription("The Redrive stops when more than this share of the messages that it has sent have"
                + " died again, and at least 10 have. 100: never. Default: 50.")
        @Min(0)
        @Max(100)
        @Nullable
        Integer maxDeadAgainPercent,

        @JsonPropertyDescription("After so many seconds a Redrive that has ended is deleted. Omitted: never. Argo CD"
                + " and Flux would create it anew, so leave it out where they apply the resource.")
        @Min(0)
        @Max(Integer.MAX_VALUE)
        @Nullable
        Integer ttlSecondsAfterFinished) {
    /** {@link #maxDeadAgainPercent} where it is omitted. */
    public static final int MAX_DEAD_AGAIN_PERCENT = 50;

    /** What is selected; all where it is omitted. */
    public RedriveSelection selection() {
        return Objects.requireNonNullElse(select, RedriveSelection.ALL);
    }

    /** The template of the subject that is sent to; null for the message's own. */
    public @Nullable String targetSubject() {
        return to == null ? null : to.subject();
    }

    /** Whether nothing may be sent that no consumer gets. */
    public boolean requiresConsumer() {
        return to == null || !Boolean.FALSE.equals(to.requireConsumer());
    }

    /** Whether nothing is sent. */
    public boolean onlyTells() {
        return Boolean.TRUE.equals(dryRun);
    }

    /** The share of messages that may die again before the Redrive stops, in percent. */
    public int deadAgainPercent() {
        return Objects.requireNonNullElse(maxDeadAgainPercent, MAX_DEAD_AGAIN_PERCENT);
    }
}
