package io.jetwright.eventlogger;

import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.StreamInfo;
import java.time.ZonedDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What JetStream said about the stream and the consumer when it was last asked.
 *
 * @param subjects those that the stream takes
 * @param prefix what names are put behind
 * @param created when the stream was made; another time means another stream
 * @param largestMessage in bytes; -1 for no limit of its own
 */
record StreamView(
        List<String> subjects,
        String prefix,
        ZonedDateTime created,
        long messages,
        long bytes,
        long firstSequence,
        long lastSequence,
        long largestMessage,
        @Nullable ConsumerView consumer) {

    /**
     * @param pending not yet delivered
     * @param unacknowledged delivered, and not yet acknowledged
     * @param redelivered of those, the ones that were delivered more than once
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

    /** The subject of all events. */
    String filter() {
        return prefix + ".>";
    }

    boolean takes(String subject) {
        return subjects.isEmpty() || subjects.stream().anyMatch(pattern -> Subjects.matches(pattern, subject));
    }
}
