package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** Where dead letters are sent. */
public record RedriveTarget(
        @JsonPropertyDescription("The subject, which must be one of a stream: {stream}, {consumer}, {subject} and"
                + " {token(1)}, {token(2)} ... stand for those of the message. A subject that has the text around"
                + " {subject} already, since the message was sent there before, stays as it is.")
        @Required
        @Pattern(RedriveTarget.TEMPLATE)
        @Size(min = 1, max = Limits.SUBJECT_LENGTH)
        String subject,

        @JsonPropertyDescription(
                "Whether the Redrive is refused if no consumer would get a message. Set it to false where"
                        + " something else reads the stream, such as a mirror. Default: true.")
        @Nullable
        Boolean requireConsumer) {
    private static final String PART = "([^\\s.*>{}]|[{](stream|consumer|subject|token[(][1-9][0-9]?[)])[}])+";

    /** What {@link #subject} looks like. */
    static final String TEMPLATE = "^" + PART + "([.]" + PART + ")*$";
}
