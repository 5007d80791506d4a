package io.jetwright.eventlogger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The newest events of the stream, in its order: the history that is shown, and behind it as many more as give those who
 * listen the time to keep up. Events have places, which count up for as long as the process lives; sequences begin anew
 * when the stream is made anew.
 */
final class EventLog {
    /** How many events are kept for listeners, though fewer be shown. */
    private static final int KEPT = 8_192;

    /** A log that is full of large messages must fit into the heap. */
    private static final long MOST_BYTES = 32 << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition appended = lock.newCondition();
    private final int historySize;
    private final @Nullable Event[] ring;
    private long bytes;
    private long firstPlace;
    private long nextPlace;
    private long lastSequence;
    private long missingUpTo = -1;
    private long placeAnew = -1;

    EventLog(int historySize) {
        this.historySize = historySize;
        this.ring = new Event[Math.max(KEPT, historySize)];
    }

    /**
     * Events that follow each other.
     *
     * @param nextPlace that of the event after them
     * @param isAnew whether the first of them is the first of a stream that was made anew
     */
    record Batch(List<Event> events, long nextPlace, boolean isAnew) {}

    /** Appends an event, unless it or a later one is there already. */
    void append(Event event) {
        lock.lock();
        try {
            if (event.sequence() <= lastSequence) {
                return;
            }
            lastSequence = event.sequence();
            if (nextPlace - firstPlace == ring.length) {
                dropFirst();
            }
            ring[index(nextPlace++)] = event;
            bytes += event.size();
            while (bytes > MOST_BYTES && nextPlace - firstPlace > 1) {
                dropFirst();
            }
            appended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Forgets the events before this sequence, as the stream has done. */
    void trim(long firstSequence) {
        lock.lock();
        try {
            while (firstPlace < nextPlace && at(firstPlace).sequence() < firstSequence) {
                dropFirst();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Begins anew, as the stream has done: the next event has at least this sequence. */
    void restart(long firstSequence) {
        lock.lock();
        try {
            while (firstPlace < nextPlace) {
                dropFirst();
            }
            lastSequence = firstSequence - 1;
            missingUpTo = firstSequence - 1;
            placeAnew = nextPlace;
        } finally {
            lock.unlock();
        }
    }

    private void dropFirst() {
        Event first = at(firstPlace);
        bytes -= first.size();
        missingUpTo = first.sequence();
        ring[index(firstPlace++)] = null;
    }

    private Event at(long place) {
        Event event = ring[index(place)];
        if (event == null) {
            throw new IllegalStateException("nothing at " + place);
        }
        return event;
    }

    private int index(long place) {
        return (int) (place % ring.length);
    }

    /** The sequence of the newest event that there was; that before the first awaited one if there was none. */
    long lastSequence() {
        lock.lock();
        try {
            return lastSequence;
        } finally {
            lock.unlock();
        }
    }

    /** Whether it is known where the log begins. */
    boolean hasBegun() {
        lock.lock();
        try {
            return missingUpTo >= 0;
        } finally {
            lock.unlock();
        }
    }

    /** Those of the history that match the query, oldest first. The next place is that after the whole history. */
    Batch history(EventQuery query) {
        lock.lock();
        try {
            List<Event> newestFirst = new ArrayList<>();
            int limit = query.limit() == null ? historySize : query.limit();
            long oldest = Math.max(firstPlace, nextPlace - historySize);
            for (long place = nextPlace - 1; place >= oldest && newestFirst.size() < limit; place--) {
                if (query.matches(at(place))) {
                    newestFirst.add(at(place));
                }
            }
            return new Batch(newestFirst.reversed(), nextPlace, false);
        } finally {
            lock.unlock();
        }
    }

    /** The place of the first event after this sequence; -1 if some of those after it are not in here any more. */
    long placeAfter(long sequence) {
        lock.lock();
        try {
            if (sequence < missingUpTo) {
                return -1;
            }
            long place = nextPlace;
            while (place > firstPlace && at(place - 1).sequence() > sequence) {
                place--;
            }
            return place;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Events from a place on, at most so many; where there is none, waits for one.
     *
     * @return empty if none comes in time; null if the event at that place is not in here any more
     */
    @Nullable
    Batch from(long place, int most, Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long nanoseconds = patience.toNanos();
            while (place >= nextPlace) {
                if (nanoseconds <= 0) {
                    return new Batch(List.of(), place, false);
                }
                nanoseconds = appended.awaitNanos(nanoseconds);
            }
            if (place < firstPlace) {
                return null;
            }
            long end = Math.min(nextPlace, place + most);
            if (place < placeAnew) {
                end = Math.min(end, placeAnew);
            }
            List<Event> events = new ArrayList<>((int) (end - place));
            for (long each = place; each < end; each++) {
                events.add(at(each));
            }
            return new Batch(events, end, place == placeAnew);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the event with this sequence, or a later one, was appended; false if none was in time. */
    boolean awaitSequence(long sequence, Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long nanoseconds = patience.toNanos();
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
