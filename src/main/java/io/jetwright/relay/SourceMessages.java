package io.jetwright.relay;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jetwright.jetstream.JetStreamException;
import io.jetwright.jetstream.NatsConnection;
import io.jetwright.letter.OriginalMessage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The messages of a stream from which consumers deliver. */
record SourceMessages(NatsConnection connection, String stream) {
    private static final int NO_MESSAGE = 10037;

    /** The message with this sequence; empty if it is gone. */
    Optional<OriginalMessage> get(long sequence) throws JetStreamException {
        return ask(sequence, null);
    }

    /** The first message from this sequence on with a subject that matches the pattern; empty if there is none. */
    Optional<OriginalMessage> next(long sequence, String pattern) throws JetStreamException {
        return ask(sequence, pattern);
    }

    private Optional<OriginalMessage> ask(long sequence, @Nullable String pattern) throws JetStreamException {
        var request = JsonNodeFactory.instance.objectNode().put("seq", sequence);
        if (pattern != null) {
            request.put("next_by_subj", pattern);
        }
        try {
            return Optional.of(OriginalMessage.of(
                    connection.api("STREAM.MSG.GET." + stream, request).path("message")));
        } catch (JetStreamException.Rejected e) {
            if (e.code() != NO_MESSAGE) {
                throw e;
            }
            return Optional.empty();
        }
    }
}
