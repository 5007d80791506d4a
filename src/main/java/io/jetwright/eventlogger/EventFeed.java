package io.jetwright.eventlogger;

import io.nats.client.JetStreamApiException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Sends events to listeners as server-sent events. Each listener gets every event once, in the order of the stream.
 */
final class EventFeed {
    /** Limits memory: each listener has a connection, a thread and a buffer. */
    static final int MAX_LISTENERS = 1_000;

    /** How long a listener's thread waits at most before it looks whether the feed is closed. */
    private static final Duration CLOSE_CHECK_INTERVAL = Duration.ofMillis(500);

    /** Shorter than the idle timeout of common proxies. */
    private static final Duration KEEP_ALIVE_INTERVAL = Duration.ofSeconds(15);

    /** Between two writes to a listener: while events come fast, fewer and larger writes serve more listeners. */
    private static final Duration WRITE_INTERVAL = Duration.ofMillis(8);

    private static final int MAX_EVENTS = 512;
    private static final int FLUSH_SIZE = 32 << 10;
    private static final byte[] RETRY = "retry: 2000\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] KEEP_ALIVE = ":\n\n".getBytes(StandardCharsets.US_ASCII);

    private final EventLog log;
    private final StreamCursors cursors;
    private final AtomicInteger listeners = new AtomicInteger();
    private volatile boolean isClosed;

    EventFeed(EventLog log, StreamCursors cursors) {
        this.log = log;
        this.cursors = cursors;
    }

    int listeners() {
        return listeners.get();
    }

    /** Ends all listeners' connections, so that they connect to another replica. */
    void close() {
        isClosed = true;
    }

    /**
     * Counts one more listener. The caller has to call {@link #serve} then, which counts it off.
     *
     * @throws Problem if there are {@link #MAX_LISTENERS} already, or if the feed is closed
     */
    void enter() {
        if (isClosed) {
            throw Problem.unavailable("this replica is ending");
        }
        if (listeners.incrementAndGet() > MAX_LISTENERS) {
            listeners.decrementAndGet();
            throw Problem.unavailable("there are " + MAX_LISTENERS + " listeners already");
        }
    }

    /**
     * Sends the events that the listener asks for, and those that come, until the listener is gone or the feed is
     * closed.
     *
     * @param lastSeen the sequence of the last event that the listener has; empty if it has none
     * @throws IOException if the listener is gone
     */
    void serve(OutputStream out, EventQuery query, OptionalLong lastSeen) throws IOException {
        try {
            new Listener(out, query).serve(lastSeen);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            listeners.decrementAndGet();
        }
    }

    private final class Listener {
        private final OutputStream out;
        private final EventQuery query;
        private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();

        /** Up to this sequence the listener has all events that it asks for. */
        private long lastSequence;

        private long lastWrite = System.nanoTime();

        Listener(OutputStream out, EventQuery query) {
            this.out = out;
            this.query = query;
        }

        void serve(OptionalLong lastSeen) throws IOException, InterruptedException {
            buffer.writeBytes(RETRY);
            write();
            while (!log.hasBegun() && !isClosed) {
                Thread.sleep(CLOSE_CHECK_INTERVAL);
            }
            long position = firstPosition(lastSeen);
            while (!isClosed) {
                position = position < 0 ? catchUp() : follow(position);
            }
        }

        /** The position in the log to begin at; -1 if the stream has to be read first. */
        private long firstPosition(OptionalLong lastSeen) throws IOException {
            if (lastSeen.isPresent() && isOfThisStream(lastSeen.getAsLong())) {
                return after(lastSeen.getAsLong());
            }
            if (query.limit() == null && query.firstSequence() > 0) {
                return after(query.firstSequence() - 1);
            }
            if (query.limit() == null && query.firstTime() != null) {
                return -1;
            }
            EventLog.Batch history = log.history(query);
            send(history.events());
            write();
            return history.nextPosition();
        }

        private long after(long sequence) {
            lastSequence = sequence;
            return log.positionAfter(sequence);
        }

        /** Whether the sequence can be of this stream: a larger one than its last is of a stream that was deleted. */
        private boolean isOfThisStream(long sequence) {
            if (sequence <= log.lastSequence()) {
                return true;
            }
            OptionalLong last = cursors.lastSequence();
            return last.isEmpty() || sequence <= last.getAsLong();
        }

        /**
         * Sends new events from the log; returns the position after them, or -1 if the log has dropped this position.
         */
        private long follow(long position) throws IOException, InterruptedException {
            EventLog.Batch batch = log.from(position, MAX_EVENTS, CLOSE_CHECK_INTERVAL);
            if (batch == null) {
                return -1;
            }
            if (batch.isRestart()) {
                lastSequence = 0;
            }
            send(batch.events());
            if (buffer.size() > 0) {
                write();
                Thread.sleep(WRITE_INTERVAL);
            } else if (System.nanoTime() - lastWrite > KEEP_ALIVE_INTERVAL.toNanos()) {
                buffer.writeBytes(KEEP_ALIVE);
                write();
            }
            return batch.nextPosition();
        }

        /**
         * Sends from the stream what the log has dropped; returns the position in the log that follows, -1 to try
         * again.
         */
        private long catchUp() throws IOException, InterruptedException {
            long target = log.lastSequence();
            try (StreamCursor cursor = open()) {
                if (cursor == null) {
                    Thread.sleep(CLOSE_CHECK_INTERVAL);
                    return -1;
                }
                while (!cursor.isAtEnd() && lastSequence < target && !isClosed) {
                    Event event = cursor.next(NatsConnector.RECONNECT_WAIT);
                    if (event == null) {
                        return -1;
                    }
                    send(List.of(event));
                    if (buffer.size() > FLUSH_SIZE) {
                        write();
                    }
                }
                write();
                return after(Math.max(lastSequence, target));
            } catch (JetStreamApiException | IllegalStateException e) {
                Thread.sleep(CLOSE_CHECK_INTERVAL);
                return -1;
            }
        }

        private @Nullable StreamCursor open() throws IOException, JetStreamApiException {
            return query.firstTime() != null && lastSequence == 0
                    ? cursors.fromTime(query.firstTime())
                    : cursors.fromSequence(lastSequence + 1);
        }

        private void send(List<Event> events) throws IOException {
            for (Event event : events) {
                if (event.sequence() > lastSequence) {
                    lastSequence = event.sequence();
                    if (query.isNamed(event)) {
                        event.writeFrame(buffer);
                    }
                }
            }
        }

        private void write() throws IOException {
            if (buffer.size() > 0) {
                buffer.writeTo(out);
                buffer.reset();
                out.flush();
                lastWrite = System.nanoTime();
            }
        }
    }
}
