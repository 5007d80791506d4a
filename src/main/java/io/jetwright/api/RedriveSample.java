package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A dead letter that a dry run shows. */
public record RedriveSample(
        @JsonPropertyDescription("Its sequence in the stream of dead letters.") @Nullable
        Long sequence,

        @JsonPropertyDescription("The message's own subject; a long one is cut.") @Nullable
        String subject,

        @JsonPropertyDescription("Why the message died.") @Nullable
        String reason,

        @JsonPropertyDescription("The consumer at which it died, as stream/consumer.") @Nullable
        String consumer,

        @JsonPropertyDescription("The subject that it would be sent to; omitted where it cannot be sent.") @Nullable
        String to,

        @JsonPropertyDescription("The first five consumers that would get it there; ... for more.") @Nullable
        List<String> consumers) {}
