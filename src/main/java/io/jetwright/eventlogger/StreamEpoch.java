package io.jetwright.eventlogger;

import io.nats.client.JetStreamApiException;
import io.nats.client.api.StreamInfo;
import java.io.IOException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The stream at a time. A client is given it with an answer, and gives it back with the next request, to learn whether the stream
 * has only got on since then. One that was restored from a backup keeps the time of its creation, so that only what it has lost
 * tells: the newest message that it had.
 *
 * @param created when the stream was created, in nanoseconds since the epoch of Unix
 * @param newest the newest message that the stream has had; the sequence 0 if it never had one
 */
record StreamEpoch(long created, EventId newest) {
    private static final int RADIX = 36;
    private static final Pattern TEXT = Pattern.compile("([0-9a-z]{1,13})[.]([0-9]{1,18}-[0-9a-z]{1,13})");

    static StreamEpoch of(StreamInfo stream) {
        ZonedDateTime last = stream.getStreamState().getLastTime();
        // a stream without messages may have the year 1
        Instant time = last == null || last.toEpochSecond() < 0 ? Instant.EPOCH : last.toInstant();
        return new StreamEpoch(
                created(stream), EventId.of(stream.getStreamState().getLastSequence(), time));
    }

    private static long created(StreamInfo stream) {
        return EventId.of(0, stream.getCreateTime().toInstant()).nanoseconds();
    }

    /**
     * Reads what {@link #toString} has written.
     *
     * @throws Problem if the text is something else
     */
    static StreamEpoch parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (matcher.matches()) {
            EventId newest = EventId.parse(matcher.group(2)).orElse(null);
            try {
                if (newest != null) {
                    return new StreamEpoch(Long.parseLong(matcher.group(1), RADIX), newest);
                }
            } catch (NumberFormatException e) {
                // more than any time has
            }
        }
        throw Problem.badRequest("epoch is none of those that this stream has given out");
    }

    /**
     * Whether the stream is still the same, neither created again nor set back, whatever it has lost by its limits.
     *
     * @param source of all that the stream has
     */
    boolean isOf(StreamInfo stream, MessageSource source)
            throws IOException, JetStreamApiException, InterruptedException {
        if (created != created(stream) || stream.getStreamState().getLastSequence() < newest.sequence()) {
            return false;
        }
        @Nullable StoredMessage next = source.first(Math.max(1, newest.sequence()), true);
        return next == null || EventId.of(next.sequence(), next.timestamp()).canFollow(newest);
    }

    /** The time of the creation to the base of 36, a dot, and the newest message's id. */
    @Override
    public String toString() {
        return Long.toString(created, RADIX) + "." + newest;
    }
}
