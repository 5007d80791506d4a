package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Which protobuf message the payloads of some subjects are. */
public record EventLoggerProtobufType(
        @JsonPropertyDescription("A pattern of the subjects; wildcards are allowed.")
        @Required
        @Pattern(Limits.SUBJECT_IN_LIST)
        @Size(min = 1, max = Limits.SUBJECT_LENGTH)
        String subject,

        @JsonPropertyDescription("The full name of the message, with its package, such as auth.UserCreated.")
        @Required
        @Pattern(Limits.PROTOBUF_MESSAGE)
        @Size(min = 1, max = 500)
        String message) {}
