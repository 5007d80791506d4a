package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** Where a stream publishes what it has stored (ADR-28). */
public record Republish(
        @JsonPropertyDescription("Which of the stored subjects are published; omitted: all.")
        @Pattern(Limits.SUBJECT)
        @Size(max = Limits.SUBJECT_LENGTH)
        @Nullable
        String source,

        @JsonPropertyDescription("The subject to publish on; may use the tokens of the source.")
        @Required
        @Pattern(Limits.SUBJECT)
        @Size(max = Limits.SUBJECT_LENGTH)
        String destination,

        @JsonPropertyDescription("Publishes the headers only, without the payload.") @Nullable
        Boolean headersOnly) {}
