package io.jetwright.eventlogger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The newest events in the order of the stream: the history, and older ones for listeners that are behind. Clients read by
 * position: positions only grow as long as the process lives, whereas sequences restart with the stream.
 */
final class EventLog {
    /** In events. With a shorter history the other events are for listeners that are behind. */
    private static final int MIN_CAPACITY = 8_192;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition appended = lock.newCondition();
    private final int historySize;
    private final EventRing ring;
    private volatile long lastSequence;
    private volatile @Nullable EventId lastId;
    private Instant lastTime = Instant.MIN;
    private final AtomicLong epoch = new AtomicLong();

    /**
     * @param historySize in events
     * @param maxBytes what all events may occupy; one event is kept even if it is larger
     */
    EventLog(int historySize, long maxBytes) {
        this.historySize = historySize;
        this.ring = new EventRing(Math.max(MIN_CAPACITY, historySize), maxBytes);
    }

    /**
     * Consecutive events.
     *
     * @param nextPosition of the event after them
     * @param isNewest whether there was none after them
     * @param epoch as {@link #epoch}
     */
    record Batch(List<Event> events, long nextPosition, boolean isNewest, long epoch) {}

    /**
     * The part of the history that a client wants: the events from one position to another that match its query.
     *
     * @param start the position of the first that matches; if none does, the end
     * @param end the position after the whole history
     * @param before a sequence between the start and the event before it
     * @param count of the events that match
     * @param length of the JSON of all of them, in bytes
     * @param last null if none matches
     * @param epoch as {@link #epoch}
     */
    record History(
            long start,
            long end,
            long before,
            int count,
            long length,
            @Nullable EventId last,
            long epoch) {}

    /** Appends an event, unless it or a later one was appended before. */
    void append(Event event) {
        lock.lock();
        try {
            if (event.sequence() > lastSequence) {
                lastSequence = event.sequence();
                lastId = event.id();
                lastTime = event.timestamp().isAfter(lastTime) ? event.timestamp() : lastTime;
                ring.add(event);
                appended.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Drops the events before this sequence, which the stream does not have any more. */
    void trim(long firstSequence) {
        lock.lock();
        try {
            while (!ring.isEmpty() && ring.get(ring.first()).sequence() < firstSequence) {
                ring.dropFirst();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Drops all events, and begins with those of another stream, or of the same one after it was set back.
     *
     * @param firstSequence of the first event to come, at least
     * @param time of the newest message that the stream has now; those before the first event are not newer
     */
    void restart(long firstSequence, Instant time) {
        lock.lock();
        try {
            ring.clear(firstSequence - 1);
            lastSequence = firstSequence - 1;
            lastId = null;
            lastTime = time;
            epoch.incrementAndGet();
            appended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The sequence of the newest event; if there was none since the restart, the one before the first to come. */
    long lastSequence() {
        return lastSequence;
    }

    /** Counts the restarts. Before the first, 0, it is not known which events the log lacks. */
    long epoch() {
        return epoch.get();
    }

    /** What all events occupy, in bytes. */
    long bytes() {
        return ring.bytes();
    }

    /** The newest event, which the log may have dropped since; null if there was none since the restart. */
    @Nullable
    EventId lastId() {
        return lastId;
    }

    /** The event at this position; null if the log has dropped it. */
    @Nullable
    Event at(long position) {
        lock.lock();
        try {
            return ring.has(position) ? ring.get(position) : null;
        } finally {
            lock.unlock();
        }
    }

    /** The part of the history that matches the query. */
    History history(EventQuery query) {
        lock.lock();
        try {
            int limit = query.limit() == null ? historySize : query.limit();
            long oldest = Math.max(ring.first(), ring.next() - historySize);
            long start = ring.next();
            int count = 0;
            long length = 0;
            EventId last = null;
            for (long position = ring.next() - 1; position >= oldest && count < limit; position--) {
                Event event = ring.get(position);
                if (query.matches(event)) {
                    start = position;
                    count++;
                    length += event.length();
                    last = last == null ? event.id() : last;
                }
            }
            long before = ring.has(start) ? ring.get(start).sequence() - 1 : lastSequence;
            return new History(start, ring.next(), before, count, length, last, epoch.get());
        } finally {
            lock.unlock();
        }
    }

    /** The position of the first event after this sequence; -1 if the log has dropped events after it. */
    long positionAfter(long sequence) {
        lock.lock();
        try {
            return sequence < ring.droppedUpTo() ? -1 : ring.after(sequence);
        } finally {
            lock.unlock();
        }
    }

    /** The position after the event with this id; -1 if the log does not have it. */
    long positionAfter(EventId id) {
        lock.lock();
        try {
            long position = ring.after(id.sequence());
            return ring.has(position - 1) && ring.get(position - 1).id().equals(id) ? position : -1;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns the events from a position on, and waits if there is none yet.
     *
     * @param max how many events at most
     * @param maxBytes of the server-sent events together; a single one may be larger
     * @return without events if none comes in time; null if the log has dropped the event at that position
     */
    @Nullable
    Batch from(long position, int max, int maxBytes, Duration timeout) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long known = epoch.get();
            long nanoseconds = timeout.toNanos();
            while (position >= ring.next() && epoch.get() == known && nanoseconds > 0) {
                nanoseconds = appended.awaitNanos(nanoseconds);
            }
            return position < ring.first() ? null : batch(position, max, maxBytes);
        } finally {
            lock.unlock();
        }
    }

    private Batch batch(long position, int max, int maxBytes) {
        List<Event> events = new ArrayList<>();
        long end = position;
        for (int size = 0; ring.has(end) && events.size() < max; end++) {
            Event event = ring.get(end);
            size += event.frameLength();
            if (size > maxBytes && !events.isEmpty()) {
                break;
            }
            events.add(event);
        }
        return new Batch(events, end, end == ring.next(), epoch.get());
    }

    /**
     * Waits until a message of the stream, or one after it, is appended; false if that is not in time.
     *
     * @param time of the message. One that is newer than all events is not appended, whatever its sequence: the stream was set back
     */
    boolean await(long sequence, Instant time, Duration timeout) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long nanoseconds = timeout.toNanos();
            while (lastSequence < sequence || time.isAfter(lastTime)) {
                if (nanoseconds <= 0) {
                    return false;
                }
                nanoseconds = appended.awaitNanos(nanoseconds);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
