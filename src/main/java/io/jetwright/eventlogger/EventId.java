package io.jetwright.eventlogger;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What tells an event from all others: its sequence, and when the stream has stored it. A stream that was set back (restored
 * from a backup, or in memory and restarted) gives the same sequences to other messages, at other times.
 *
 * @param sequence in the stream
 * @param nanoseconds since the epoch of Unix
 */
record EventId(long sequence, long nanoseconds) {
    private static final int RADIX = 36;
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,18})-([0-9a-z]{1,13})");

    static EventId of(long sequence, Instant timestamp) {
        return new EventId(sequence, timestamp.getEpochSecond() * 1_000_000_000 + timestamp.getNano());
    }

    /**
     * Whether a stream that had the other event before can have this one as its first from the other's sequence on: it is the
     * same, or a later one. Else the stream was set back.
     */
    boolean canFollow(EventId other) {
        return equals(other) || (sequence > other.sequence && nanoseconds >= other.nanoseconds);
    }

    /** Reads what {@link #toString} has written; empty if the text is something else. */
    static Optional<EventId> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new EventId(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2), RADIX)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The sequence, a hyphen, and the time to the base of 36. */
    @Override
    public String toString() {
        return sequence + "-" + Long.toString(nanoseconds, RADIX);
    }
}
