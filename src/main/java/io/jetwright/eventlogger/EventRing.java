package io.jetwright.eventlogger;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A limited number of events, of limited size, of which the oldest makes room. Not for several threads at once. */
final class EventRing {
    private final @Nullable Event[] ring;
    private final long maxBytes;
    private final AtomicLong bytes = new AtomicLong();
    private long first;
    private long next;
    private long droppedUpTo = -1;

    /**
     * @param capacity in events
     * @param maxBytes what all events may occupy; one event is kept even if it is larger
     */
    EventRing(int capacity, long maxBytes) {
        this.ring = new Event[capacity];
        this.maxBytes = maxBytes;
    }

    void add(Event event) {
        if (next - first == ring.length) {
            dropFirst();
        }
        ring[index(next++)] = event;
        bytes.addAndGet(event.size());
        while (bytes.get() > maxBytes && next - first > 1) {
            dropFirst();
        }
    }

    void dropFirst() {
        Event dropped = get(first);
        bytes.addAndGet(-dropped.size());
        droppedUpTo = dropped.sequence();
        ring[index(first++)] = null;
    }

    /**
     * Drops all events. Positions go on.
     *
     * @param sequence up to this one, events count as dropped
     */
    void clear(long sequence) {
        while (!isEmpty()) {
            dropFirst();
        }
        droppedUpTo = sequence;
    }

    /** The event at a position that {@link #has} one. */
    Event get(long position) {
        Event event = ring[index(position)];
        if (event == null) {
            throw new IllegalStateException("nothing at " + position);
        }
        return event;
    }

    boolean has(long position) {
        return position >= first && position < next;
    }

    private int index(long position) {
        return (int) (position % ring.length);
    }

    boolean isEmpty() {
        return first == next;
    }

    /** The position of the oldest event; if there is none, of the next one. */
    long first() {
        return first;
    }

    /** The position that the next event will have. */
    long next() {
        return next;
    }

    /** What all events occupy, in bytes. May be asked by any thread. */
    long bytes() {
        return bytes.get();
    }

    /** The position after the last event with this sequence or a smaller one. */
    long after(long sequence) {
        long low = first;
        long high = next;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (get(middle).sequence() > sequence) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** The sequence of the newest event that was dropped; -1 if none was. */
    long droppedUpTo() {
        return droppedUpTo;
    }
}
