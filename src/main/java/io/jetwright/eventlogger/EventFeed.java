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

/** Sends events to those who listen, as server-sent events: none left out, none twice. */
final class EventFeed {
    /** Each costs a connection, a thread and a buffer. */
    static final int MOST_LISTENERS = 1_000;

    private static final Duration TICK = Duration.ofMillis(500);

    /** Shorter than proxies let a connection be silent. */
    private static final Duration SILENCE = Duration.ofSeconds(15);

    /** Between two writes to a listener while events come fast: fewer and larger writes serve more of them. */
    private static final Duration PACE = Duration.ofMillis(8);

    private static final int MOST_EVENTS = 512;
    private static final int ENOUGH_BYTES = 32 << 10;
    private static final byte[] RETRY = "retry: 2000\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

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

    /** Lets all listeners go; they come back, to another replica. */
    void close() {
        isClosed = true;
    }

    /**
     * Makes room for one more listener, who is to be served by {@link #serve}.
     *
     * @throws Problem if there are too many
     */
    void enter() {
        if (isClosed) {
            throw Problem.unavailable("this replica is ending");
        }
        if (listeners.incrementAndGet() > MOST_LISTENERS) {
            listeners.decrementAndGet();
            throw Problem.unavailable("there are " + MOST_LISTENERS + " listeners already");
        }
    }

    /**
     * Sends what the listener asked for and what comes, until one of the two ends.
     *
     * @param lastSeen the sequence of the last event that it has; empty if it has none
     * @throws IOException when the listener is gone
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

    /** One who listens. */
    private final class Listener {
        private final OutputStream out;
        private final EventQuery query;
        private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();

        /** What the listener has of the stream, or does not want. */
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
                Thread.sleep(TICK);
            }
            long place = firstPlace(lastSeen);
            while (!isClosed) {
                place = place < 0 ? catchUp() : follow(place);
            }
        }

        private long firstPlace(OptionalLong lastSeen) throws IOException {
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
            return history.nextPlace();
        }

        private long after(long sequence) {
            lastSequence = sequence;
            return log.placeAfter(sequence);
        }

        /** A sequence that was not given out yet is from a stream before this one. */
        private boolean isOfThisStream(long sequence) {
            if (sequence <= log.lastSequence()) {
                return true;
            }
            OptionalLong last = cursors.lastSequence();
            return last.isEmpty() || sequence <= last.getAsLong();
        }

        /** Sends what comes; returns the place of what is to be sent next, or -1 if that is not in the log any more. */
        private long follow(long place) throws IOException, InterruptedException {
            EventLog.Batch batch = log.from(place, MOST_EVENTS, TICK);
            if (batch == null) {
                return -1;
            }
            if (batch.isAnew()) {
                lastSequence = 0;
            }
            send(batch.events());
            if (buffer.size() > 0) {
                write();
                Thread.sleep(PACE);
            } else if (System.nanoTime() - lastWrite > SILENCE.toNanos()) {
                buffer.writeBytes(COMMENT);
                write();
            }
            return batch.nextPlace();
        }

        /** Sends what is not in the log any more, from the stream; returns the place in the log where that ends. */
        private long catchUp() throws IOException, InterruptedException {
            long target = log.lastSequence();
            try (StreamCursor cursor = open()) {
                if (cursor == null) {
                    Thread.sleep(TICK);
                    return -1;
                }
                while (!cursor.isAtEnd() && lastSequence < target && !isClosed) {
                    Event event = cursor.next(NatsOptions.RECONNECT_WAIT);
                    if (event == null) {
                        return -1;
                    }
                    send(List.of(event));
                    if (buffer.size() > ENOUGH_BYTES) {
                        write();
                    }
                }
                write();
                return after(Math.max(lastSequence, target));
            } catch (JetStreamApiException | IllegalStateException e) {
                Thread.sleep(TICK);
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
