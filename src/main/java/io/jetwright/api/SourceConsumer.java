package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** The consumer that a mirror or source reads its origin through (server 2.14). */
public record SourceConsumer(
        @JsonPropertyDescription("The consumer's name.") @Pattern(Limits.NAME) @Size(max = Limits.NAME_LENGTH) @Nullable
        String name,

        @JsonPropertyDescription("The subject on which it delivers.")
        @Pattern(Limits.SUBJECT)
        @Size(max = Limits.SUBJECT_LENGTH)
        @Nullable
        String deliverSubject) {}
