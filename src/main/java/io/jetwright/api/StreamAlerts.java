package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/** From which numbers on a stream needs somebody to look at it. Null means omitted: no threshold. */
public record StreamAlerts(
        @JsonPropertyDescription("The stream has this many messages or more.") @Min(1) @Nullable
        Long messages,

        @JsonPropertyDescription("The stream has this share of maxMsgs or more, in percent. Needs maxMsgs.")
        @Min(1)
        @Max(100)
        @Nullable
        Integer maxMsgsPercent,

        @JsonPropertyDescription("The stream takes this share of maxBytes or more, in percent. Needs maxBytes.")
        @Min(1)
        @Max(100)
        @Nullable
        Integer maxBytesPercent,

        @JsonPropertyDescription(
                "The mirror, or one of the sources, has this many messages or more still to copy. Needs mirror or sources.")
        @Min(1)
        @Nullable
        Long lag,

        @JsonPropertyDescription(
                "How many servers are to keep the stream, at least 2; fewer of them are online, or there is no leader.")
        @Min(2)
        @Max(5)
        @Nullable
        Integer replicas) {}
