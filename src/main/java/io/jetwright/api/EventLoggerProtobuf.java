package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How an event logger decodes protobuf. */
public record EventLoggerProtobuf(
        @JsonPropertyDescription("Where the types of the messages are.") @Required
        EventLoggerDescriptors descriptors,

        @JsonPropertyDescription(
                "Which messages the payloads of which subjects are. Of patterns that match a subject, the narrowest holds; where"
                        + " neither is a part of the other, the first. A message whose Content-Type names its type needs no"
                        + " entry.")
        @Size(max = 100)
        @Nullable
        List<EventLoggerProtobufType> types) {}
