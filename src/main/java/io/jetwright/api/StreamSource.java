package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Another stream that messages are copied from, as a mirror's origin or as a source. */
@ValidationRule(
        value = "!has(self.optStartSeq) || !has(self.optStartTime)",
        message = "optStartSeq and optStartTime exclude each other: remove one")
@ValidationRule(
        value = "!has(self.filterSubject) || !has(self.subjectTransforms)",
        message = "filterSubject and subjectTransforms exclude each other: make the filter a transform's source")
@ValidationRule(
        value = "!has(self.externalDeliverPrefix) || has(self.externalApiPrefix)",
        message = "externalDeliverPrefix needs externalApiPrefix")
@ValidationRule(
        value = "!has(self.consumer)"
                + " || !(has(self.optStartSeq) || has(self.optStartTime) || has(self.filterSubject))",
        message = "a consumer has its own start and filter: remove optStartSeq, optStartTime and filterSubject, or"
                + " consumer")
public record StreamSource(
        @JsonPropertyDescription("The name of the stream in JetStream.")
        @Required
        @Pattern(Limits.NAME)
        @Size(min = 1, max = Limits.NAME_LENGTH)
        String name,

        @JsonPropertyDescription("The first sequence to copy.") @Min(1) @Nullable
        Long optStartSeq,

        @JsonPropertyDescription("Messages are copied from this time on, such as 2026-01-31T12:00:00Z.")
        @Pattern(Times.PATTERN)
        @Size(max = Limits.TIME_LENGTH)
        @Nullable
        String optStartTime,

        @JsonPropertyDescription("Only messages on this subject are copied; wildcards are allowed.")
        @Pattern(Limits.SUBJECT)
        @Size(max = Limits.SUBJECT_LENGTH)
        @Nullable
        String filterSubject,

        @JsonPropertyDescription(
                "The API prefix of the account or domain that the stream is in, such as" + " $JS.hub.API.")
        @Pattern(Limits.LITERAL_SUBJECT)
        @Size(max = Limits.SUBJECT_LENGTH)
        @Nullable
        String externalApiPrefix,

        @JsonPropertyDescription("The prefix of the subjects on which the other account delivers.")
        @Pattern(Limits.LITERAL_SUBJECT)
        @Size(max = Limits.SUBJECT_LENGTH)
        @Nullable
        String externalDeliverPrefix,

        @JsonPropertyDescription("Selects messages by subject, and rewrites their subjects.") @Size(max = 100) @Nullable
        List<SubjectTransform> subjectTransforms,

        @JsonPropertyDescription("The consumer in the other stream that messages are read through, for"
                + " pre-created ones. Server 2.14.")
        @Nullable
        SourceConsumer consumer) {}
