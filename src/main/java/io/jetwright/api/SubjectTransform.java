package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A rewriting of subjects (ADR-36). */
public record SubjectTransform(
        @JsonPropertyDescription("The subjects to rewrite; wildcards are allowed.")
        @Pattern(Limits.SUBJECT)
        @Size(max = Limits.SUBJECT_LENGTH)
        @Nullable
        String source,

        @JsonPropertyDescription("What they become, such as new.{{wildcard(1)}}.")
        @Pattern(Limits.SUBJECT)
        @Size(max = Limits.SUBJECT_LENGTH)
        @Nullable
        String dest) {}
