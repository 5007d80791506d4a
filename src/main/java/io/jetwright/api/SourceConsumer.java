package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** The consumer that a mirror or source reads its origin through (server 2.14). */
public record SourceConsumer(
        @JsonPropertyDescription("The consumer's name.")
        @Required
        @Pattern(Limits.NAME)
        @Size(min = 1, max = Limits.NAME_LENGTH)
        String name,

        @JsonPropertyDescription("The subject on which it delivers.")
        @Required
        @Pattern(Limits.LITERAL_SUBJECT)
        @Size(max = Limits.SUBJECT_LENGTH)
        String deliverSubject) {}
