package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where messages go that a consumer delivers no more. The reasons are not called {@code on}: kubectl reads YAML 1.1, for which an unquoted
 * {@code on} is true.
 */
@ValidationRule(
        value = "has(self.streamRef) != has(self.streamName)",
        message = "set either streamRef (a Stream resource) or streamName (a stream in JetStream)")
@ValidationRule(
        value = "!has(self.subject) || !self.subject.matches(r'\\s')",
        message = "subject has white space, which no subject can have: remove it")
@ValidationRule(
        value = "!has(self.subject) || !self.subject.matches('[*>]')",
        message = "subject has a wildcard (* or >), and a dead letter needs one subject: write {subject} or"
                + " {token(1)} in its place")
@ValidationRule(
        value = "!has(self.subject) || !(self.subject.startsWith('.') || self.subject.endsWith('.')"
                + " || self.subject.contains('..'))",
        message = "subject has an empty token: remove the dot at its begin or end, or one of two in a row")
@ValidationRule(
        value = "!has(self.subject) || self.subject.matches('" + DeadLetter.PLACEHOLDERS + "')",
        message = "subject has braces around something else than {stream}, {consumer}, {subject}, {token(1)} ..."
                + " {token(99)}: correct it")
@ValidationRule(
        value = "!has(self.reasons) || size(self.reasons) > 0",
        message =
                "reasons is empty, so that there were no dead letters: name MaxDeliveries or Terminated, or remove reasons for"
                        + " both")
@ValidationRule(
        value = "!has(self.reasons) || size(self.reasons) != 2 || self.reasons[0] != self.reasons[1]",
        message = "reasons has the same one twice: remove one of them")
public record DeadLetter(
        @JsonPropertyDescription("The Stream resource, in the same namespace, that stores the dead letters. Either this"
                + " or streamName.")
        @Nullable
        StreamReference streamRef,

        @JsonPropertyDescription("The name in JetStream of the stream that stores the dead letters, whoever made it."
                + " Either this or streamRef.")
        @Pattern(Limits.NAME)
        @Size(min = 1, max = Limits.NAME_LENGTH)
        @Nullable
        String streamName,

        @JsonPropertyDescription("The subject of a dead letter, which must be one of that stream: {stream}, {consumer},"
                + " {subject} and {token(1)}, {token(2)} ... stand for those of the message. Omitted:"
                + " dead-letters.{stream}.{consumer}.{subject}.")
        @Size(min = 1, max = Limits.SUBJECT_LENGTH)
        @Nullable
        String subject,

        @JsonPropertyDescription("For which reasons. Omitted: for all.") @Size(max = 2) @Nullable
        List<DeadLetterReason> reasons,

        @JsonPropertyDescription("What becomes of the message itself once its dead letter is stored: Ack (default)"
                + " acknowledges it on behalf of the consumer, so that a workqueue or interest stream lets go of it. Keep"
                + " leaves it as it is.")
        @Nullable
        DeadLetterSource source) {
    /** That each brace in {@link #subject} belongs to one of its placeholders. */
    static final String PLACEHOLDERS = "^([^{}]|[{](stream|consumer|subject|token[(][1-9][0-9]?[)])[}])+$";

    /** The subject of a dead letter where {@link #subject} is omitted. */
    public static final String DEFAULT_SUBJECT = "dead-letters.{stream}.{consumer}.{subject}";

    /** {@link #subject}, or its default. */
    public String subjectTemplate() {
        return Objects.requireNonNullElse(subject, DEFAULT_SUBJECT);
    }

    /** Whether a message that died for this reason becomes a dead letter. */
    public boolean takes(DeadLetterReason reason) {
        return reasons == null || reasons.contains(reason);
    }

    /** Whether the message itself is acknowledged. */
    public boolean acknowledges() {
        return source != DeadLetterSource.KEEP;
    }
}
