package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far a Redrive is. */
@JsonClassDescription("How far it is.")
public record RedriveStatus(
        @JsonPropertyDescription("The generation of the spec that this status speaks of.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("Ready, Synced and ResolvedRefs; Reconciling and Stalled while they hold.") @Nullable
        List<Condition> conditions,

        @JsonPropertyDescription("The name in JetStream of the stream that stores the dead letters.") @Nullable
        String stream,

        @JsonPropertyDescription("When it began.") @Nullable String startedAt,

        @JsonPropertyDescription("When it ended, for whatever reason. It does nothing from then on.") @Nullable
        String finishedAt,

        @JsonPropertyDescription("How many dead letters are to be sent: those that are selected, up to the limit,"
                + " without those that are skipped.")
        @Nullable
        Long matched,

        @JsonPropertyDescription("How many of them were sent, and removed from the stream of dead letters.") @Nullable
        Long done,

        @JsonPropertyDescription("How many are selected and cannot be sent, since they have no payload.") @Nullable
        Long skipped,

        @JsonPropertyDescription("Of how many it is not known whether they were sent, so that they were left in the"
                + " stream of dead letters.")
        @Nullable
        Long uncertain,

        @JsonPropertyDescription("How many messages have died again after they were sent.") @Nullable
        Long deadAgain,

        @JsonPropertyDescription("How fast they are sent, such as 120/s.") @Nullable
        String rate,

        @JsonPropertyDescription("How long it will take until all are sent, at the present rate.") @Nullable
        String timeLeft,

        @JsonPropertyDescription("The first five that are selected. Of a dry run only.") @Nullable
        List<RedriveSample> sample)
        implements Reported {
    /** The status before anything was done: all fields are null. */
    public static final RedriveStatus NOTHING =
            new RedriveStatus(null, null, null, null, null, null, null, null, null, null, null, null, null);

    /** Whether it has ended, for whatever reason. */
    public boolean hasEnded() {
        return finishedAt != null;
    }

    /** The same, as that of another generation of the spec. */
    public RedriveStatus atGeneration(Long generation) {
        return new RedriveStatus(
                generation,
                conditions == null
                        ? null
                        : conditions.stream()
                                .map(each -> new ConditionBuilder(each)
                                        .withObservedGeneration(generation)
                                        .build())
                                .toList(),
                stream,
                startedAt,
                finishedAt,
                matched,
                done,
                skipped,
                uncertain,
                deadAgain,
                rate,
                timeLeft,
                sample);
    }
}
