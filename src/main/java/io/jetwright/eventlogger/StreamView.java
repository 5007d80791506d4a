package io.jetwright.eventlogger;

import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.StreamInfo;
import java.time.ZonedDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of the stream and of the durable consumer when JetStream was last asked.
 *
 * @param subjects of the stream; empty for a mirror
 * @param prefix of the subjects of events, without the dot
 * @param created when the stream was created; a stream with another time is another one, even if it has the same name
 * @param maxMessageSize in bytes; -1 if the stream has no limit
 * @param consumer null if it does not exist
 */
record StreamView(
        List<String> subjects,
        String prefix,
        ZonedDateTime created,
        long messages,
        long bytes,
        long firstSequence,
        long lastSequence,
        long maxMessageSize,
        @Nullable ConsumerView consumer) {

    /**
     * The state of the durable consumer, in messages.
     *
     * @param pending not yet delivered
     * @param unacknowledged delivered, but not yet acknowledged
     * @param redelivered those of the unacknowledged ones that were delivered more than once
     */
    record ConsumerView(long pending, long unacknowledged, long redelivered) {}

    static StreamView of(StreamInfo stream, String prefix, @Nullable ConsumerInfo consumer) {
        var configuration = stream.getConfiguration();
        var state = stream.getStreamState();
        return new StreamView(
                List.copyOf(configuration.getSubjects()),
                prefix,
                stream.getCreateTime(),
                state.getMsgCount(),
                state.getByteCount(),
                state.getFirstSequence(),
                state.getLastSequence(),
                configuration.getMaximumMessageSize(),
                consumer == null
                        ? null
                        : new ConsumerView(
                                consumer.getNumPending(), consumer.getNumAckPending(), consumer.getRedelivered()));
    }

    /** The wildcard subject that matches all events. */
    String filter() {
        return prefix + ".>";
    }

    /** Whether the stream stores messages with this subject; true for a mirror, which has no subjects of its own. */
    boolean accepts(String subject) {
        return subjects.isEmpty() || subjects.stream().anyMatch(pattern -> Subjects.matches(pattern, subject));
    }
}
