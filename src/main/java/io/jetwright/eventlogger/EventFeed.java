package io.jetwright.eventlogger;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends events to listeners as server-sent events. Each listener gets every event once, in the order of the stream.
 */
final class EventFeed {
    private final EventLog log;
    private final CatchUp catchUp;
    private final int maxListeners;
    private final AtomicInteger listeners = new AtomicInteger();
    private final AtomicLong refused = new AtomicLong();
    private volatile boolean isClosed;

    EventFeed(EventLog log, StreamCursors cursors, MemoryBudget budget) {
        this.log = log;
        this.catchUp = new CatchUp(cursors, budget);
        this.maxListeners = budget.listeners();
    }

    int listeners() {
        return listeners.get();
    }

    /** How many listeners were refused because there was no room for them. */
    long refused() {
        return refused.get();
    }

    CatchUp catchUp() {
        return catchUp;
    }

    /** Ends all listeners' connections, so that they connect to another replica. */
    void close() {
        isClosed = true;
    }

    boolean isClosed() {
        return isClosed;
    }

    /**
     * Counts one more listener. The caller has to call {@link #serve} then, which counts it off.
     *
     * @throws Problem if there are as many already as the memory has room for, or if the feed is closed
     */
    void enter() {
        if (isClosed) {
            throw Problem.unavailable("this replica is ending");
        }
        if (listeners.incrementAndGet() > maxListeners) {
            listeners.decrementAndGet();
            refused.incrementAndGet();
            throw Problem.unavailable("there are " + maxListeners + " listeners already");
        }
    }

    /**
     * Sends the events that the listener asks for, and those that come, until the listener is gone or the feed is
     * closed.
     *
     * @param deadline set while the listener has to take something
     * @param lastSeen the last event that the listener has; empty if it has none
     * @throws IOException if the listener is gone
     */
    void serve(OutputStream out, Deadline deadline, EventQuery query, Optional<LastEventId> lastSeen)
            throws IOException {
        try {
            new Listener(this, log, new EventWriter(out, deadline), query).serve(lastSeen);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            listeners.decrementAndGet();
        }
    }
}
