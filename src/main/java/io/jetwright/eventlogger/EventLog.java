package io.jetwright.eventlogger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The newest events in the order of the stream: the history, and older ones for listeners that are behind. A listener
 * reads by position. Positions only grow as long as the process lives, whereas sequences restart when the stream is
 * created again.
 */
final class EventLog {
    /** In events. With a shorter history the other events are for listeners that are behind. */
    private static final int MIN_CAPACITY = 8_192;

    /** Makes a log that is full of large messages fit into the heap. */
    private static final long MAX_BYTES = 32 << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition appended = lock.newCondition();
    private final int historySize;
    private final @Nullable Event[] ring;
    private long bytes;
    private long firstPosition;
    private long nextPosition;
    private long lastSequence;
    private long missingUpTo = -1;
    private long restartPosition = -1;

    EventLog(int historySize) {
        this.historySize = historySize;
        this.ring = new Event[Math.max(MIN_CAPACITY, historySize)];
    }

    /**
     * Consecutive events.
     *
     * @param nextPosition of the event after them
     * @param isRestart whether the first of them is the first one since {@link #restart}
     */
    record Batch(List<Event> events, long nextPosition, boolean isRestart) {}

    /** Appends an event, unless it or a later one was appended before. */
    void append(Event event) {
        lock.lock();
        try {
            if (event.sequence() <= lastSequence) {
                return;
            }
            lastSequence = event.sequence();
            if (nextPosition - firstPosition == ring.length) {
                dropFirst();
            }
            ring[index(nextPosition++)] = event;
            bytes += event.size();
            while (bytes > MAX_BYTES && nextPosition - firstPosition > 1) {
                dropFirst();
            }
            appended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Drops the events before this sequence, which the stream does not have any more. */
    void trim(long firstSequence) {
        lock.lock();
        try {
            while (firstPosition < nextPosition && at(firstPosition).sequence() < firstSequence) {
                dropFirst();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Drops all events; the next one has at least this sequence. */
    void restart(long firstSequence) {
        lock.lock();
        try {
            while (firstPosition < nextPosition) {
                dropFirst();
            }
            lastSequence = firstSequence - 1;
            missingUpTo = firstSequence - 1;
            restartPosition = nextPosition;
        } finally {
            lock.unlock();
        }
    }

    private void dropFirst() {
        Event first = at(firstPosition);
        bytes -= first.size();
        missingUpTo = first.sequence();
        ring[index(firstPosition++)] = null;
    }

    private Event at(long position) {
        Event event = ring[index(position)];
        if (event == null) {
            throw new IllegalStateException("nothing at " + position);
        }
        return event;
    }

    private int index(long position) {
        return (int) (position % ring.length);
    }

    /** The sequence of the newest event; if there was none since the restart, the one before the first to come. */
    long lastSequence() {
        lock.lock();
        try {
            return lastSequence;
        } finally {
            lock.unlock();
        }
    }

    /** Whether {@link #restart} was called, so that it is known which events the log lacks. */
    boolean hasBegun() {
        lock.lock();
        try {
            return missingUpTo >= 0;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The events of the history that match the query, oldest first. The next position is the one after the whole
     * history.
     */
    Batch history(EventQuery query) {
        lock.lock();
        try {
            List<Event> newestFirst = new ArrayList<>();
            int limit = query.limit() == null ? historySize : query.limit();
            long oldest = Math.max(firstPosition, nextPosition - historySize);
            for (long position = nextPosition - 1; position >= oldest && newestFirst.size() < limit; position--) {
                if (query.matches(at(position))) {
                    newestFirst.add(at(position));
                }
            }
            return new Batch(newestFirst.reversed(), nextPosition, false);
        } finally {
            lock.unlock();
        }
    }

    /** The position of the first event after this sequence; -1 if the log has dropped events after it. */
    long positionAfter(long sequence) {
        lock.lock();
        try {
            if (sequence < missingUpTo) {
                return -1;
            }
            long position = nextPosition;
            while (position > firstPosition && at(position - 1).sequence() > sequence) {
                position--;
            }
            return position;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns the events from a position on, and waits if there is none yet.
     *
     * @param max how many events at most
     * @return without events if none comes in time; null if the log has dropped the event at that position
     */
    @Nullable
    Batch from(long position, int max, Duration timeout) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long nanoseconds = timeout.toNanos();
            while (position >= nextPosition) {
                if (nanoseconds <= 0) {
                    return new Batch(List.of(), position, false);
                }
                nanoseconds = appended.awaitNanos(nanoseconds);
            }
            if (position < firstPosition) {
                return null;
            }
            long end = Math.min(nextPosition, position + max);
            if (position < restartPosition) {
                end = Math.min(end, restartPosition);
            }
            List<Event> events = new ArrayList<>((int) (end - position));
            for (long each = position; each < end; each++) {
                events.add(at(each));
            }
            return new Batch(events, end, position == restartPosition);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the event with this sequence or a later one is appended; false if that is not in time. */
    boolean awaitSequence(long sequence, Duration timeout) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long nanoseconds = timeout.toNanos();
            while (lastSequence < sequence) {
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
