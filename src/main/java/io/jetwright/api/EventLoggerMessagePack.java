package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** How an event logger decodes MessagePack. */
public record EventLoggerMessagePack(
        @JsonPropertyDescription(
                "Patterns of the subjects whose payloads are MessagePack; wildcards are allowed. Of patterns that match a"
                        + " subject, also those of protobuf.types, the narrowest holds. A message whose Content-Type says"
                        + " application/msgpack needs none.")
        @Required
        @Size(min = 1, max = 100)
        List<@Pattern(Limits.SUBJECT_IN_LIST) @Size(min = 1, max = Limits.SUBJECT_LENGTH) String> subjects) {}
