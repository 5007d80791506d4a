package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where messages go that a consumer delivers no more. */
@ValidationRule(
        value = "has(self.streamRef) != has(self.streamName)",
        message = "set either streamRef (a Stream resource) or streamName (a stream in JetStream)")
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
        @Pattern(DeadLetter.SUBJECT)
        @Size(min = 1, max = Limits.SUBJECT_LENGTH)
        @Nullable
        String subject,

        @JsonPropertyDescription("For which reasons. Omitted: for all.") @Size(min = 1, max = 2) @Nullable
        List<DeadLetterReason> on,

        @JsonPropertyDescription("What becomes of the message itself once its dead letter is stored: Ack (default)"
                + " acknowledges it on behalf of the consumer, so that a workqueue or interest stream lets go of it. Keep"
                + " leaves it as it is.")
        @Nullable
        DeadLetterSource source) {
    /** What {@link #subject} looks like. */
    static final String SUBJECT =
            "^([^\\s.*>{}]|\\{(stream|consumer|subject|token\\([1-9][0-9]?\\))\\})+(\\.([^\\s.*>{}]|\\{(stream|consumer|subject|token\\([1-9][0-9]?\\))\\})+)*$";

    /** The subject of a dead letter where {@link #subject} is omitted. */
    public static final String DEFAULT_SUBJECT = "dead-letters.{stream}.{consumer}.{subject}";

    /** {@link #subject}, or its default. */
    public String subjectTemplate() {
        return Objects.requireNonNullElse(subject, DEFAULT_SUBJECT);
    }

    /** Whether a message that died for this reason becomes a dead letter. */
    public boolean takes(DeadLetterReason reason) {
        return on == null || on.contains(reason);
    }

    /** Whether the message itself is acknowledged. */
    public boolean acknowledges() {
        return source != DeadLetterSource.KEEP;
    }
}
