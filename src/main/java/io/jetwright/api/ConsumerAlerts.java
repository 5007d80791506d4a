package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** From which numbers on a consumer needs somebody to look at it. Null means omitted: no threshold. */
public record ConsumerAlerts(
        @JsonPropertyDescription("This many messages or more are still to be delivered.") @Min(1) @Nullable
        Long pending,

        @JsonPropertyDescription("This many deliveries or more are not acknowledged yet.") @Min(1) @Nullable
        Long ackPending,

        @JsonPropertyDescription(
                "This many messages or more were delivered more than once and are not acknowledged yet.")
        @Min(1)
        @Nullable
        Long redelivered,

        @JsonPropertyDescription("The last delivery is as old as this or older, also if there was nothing to deliver.")
        @Pattern(Durations.PATTERN)
        @Size(max = Limits.DURATION_LENGTH)
        @ValidationRule(value = ConsumerAlerts.AT_LEAST_A_SECOND, message = ConsumerAlerts.TOO_SHORT)
        @Nullable
        String lastDelivery,

        @JsonPropertyDescription(
                "The last acknowledgement is as old as this or older, also if there was nothing to acknowledge.")
        @Pattern(Durations.PATTERN)
        @Size(max = Limits.DURATION_LENGTH)
        @ValidationRule(value = ConsumerAlerts.AT_LEAST_A_SECOND, message = ConsumerAlerts.TOO_SHORT)
        @Nullable
        String lastAck,

        @JsonPropertyDescription("Pull: fewer requests than this wait for messages.") @Min(1) @Nullable
        Long minWaiting) {
    static final String AT_LEAST_A_SECOND = Durations.AT_LEAST + "duration('1s')";
    static final String TOO_SHORT = "must be at least 1s; remove it for no threshold";
}
