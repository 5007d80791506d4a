package io.jetwright.eventlogger;

import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Reads from the stream what the log has dropped, for listeners that are behind: a part at a time, for a few of them at a
 * time, while the others wait in line. What was read and not yet sent is limited for all of them together.
 */
final class CatchUp {
    /** How many listeners have something read for them at the same time, each with a consumer of its own. */
    private static final int TURNS = 2;

    /** Of a part, in bytes. */
    private static final int PART = 256 << 10;

    /** Longer than it takes until all that others hold was sent or is given up. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final Duration NEXT_TIMEOUT = Duration.ofSeconds(2);

    private final StreamCursors cursors;
    private final int largest;
    private final Room room;
    private final Semaphore turns = new Semaphore(TURNS, true);
    private final AtomicInteger underWay = new AtomicInteger();

    /** The parts that are being sent, for others who want the same: many come back to the same place at the same time. */
    private final Map<StreamCursor.Request, Part> parts = new HashMap<>();

    CatchUp(StreamCursors cursors, MemoryBudget budget) {
        this.cursors = cursors;
        this.largest = budget.message();
        this.room = new Room(budget.catchUp());
    }

    /** What was read and not yet sent. */
    Room room() {
        return room;
    }

    /** How many listeners are behind. */
    int listeners() {
        return underWay.get();
    }

    /** As {@link StreamCursors#lastSequence}. */
    OptionalLong lastSequence() {
        return cursors.lastSequence();
    }

    /**
     * Consecutive events of the stream that match a pattern. To be closed once they are sent.
     *
     * @param bytes what they occupy
     * @param isAtEnd whether the stream had no more of them
     */
    record Part(List<Event> events, int bytes, boolean isAtEnd, AtomicInteger users, Runnable onClose)
            implements AutoCloseable {
        @Override
        public void close() {
            if (users.decrementAndGet() == 0) {
                onClose.run();
            }
        }

        /** False if it is closed already. */
        private boolean use() {
            return users.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
        }
    }

    /**
     * Waits in line, and reads the next part.
     *
     * @param sequence begins with this one
     * @param time begins with this time instead; null: with the sequence
     * @param name only events whose name matches this pattern; null: all
     * @param waiting asked every two seconds
     * @return null if the stream cannot be read now, or if the listener gives up
     */
    @Nullable
    Part read(long sequence, @Nullable Instant time, @Nullable String name, Room.Waiting waiting)
            throws IOException, InterruptedException {
        var request = new StreamCursor.Request(sequence, time, name, PART, largest);
        underWay.incrementAndGet();
        try {
            Part shared = shared(request);
            if (shared != null) {
                return shared;
            }
            while (!turns.tryAcquire(Room.INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                if (!waiting.goOn()) {
                    return null;
                }
            }
            try {
                Part meanwhile = shared(request);
                return meanwhile == null ? readNow(request, waiting) : meanwhile;
            } finally {
                turns.release();
            }
        } finally {
            underWay.decrementAndGet();
        }
    }

    private @Nullable Part shared(StreamCursor.Request request) {
        synchronized (parts) {
            Part part = parts.get(request);
            return part != null && part.use() ? part : null;
        }
    }

    private @Nullable Part readNow(StreamCursor.Request request, Room.Waiting waiting)
            throws IOException, InterruptedException {
        var reserved = new Reservation();
        try (StreamCursor cursor = cursors.open(request)) {
            if (cursor == null || !reserved.grow(PART, waiting)) {
                return null;
            }
            List<Event> events = new ArrayList<>();
            int size = 0;
            while (!cursor.isAtEnd() && size < PART / 2) {
                Event event = cursor.next(NEXT_TIMEOUT);
                if (event == null) {
                    break;
                }
                if (!reserved.grow(size + event.size(), waiting)) {
                    return null;
                }
                events.add(event);
                size += event.size();
            }
            return reserved.keep(request, size, events, cursor.isAtEnd());
        } catch (JetStreamApiException | IllegalStateException e) {
            return null;
        } finally {
            reserved.close();
        }
    }

    /** Bytes of the room, which are given back unless they are kept. */
    private final class Reservation {
        private int bytes;

        /** Waits for room; false if the listener gives up. One event may be larger than all the room there is. */
        boolean grow(int size, Room.Waiting waiting) throws IOException, InterruptedException {
            int wanted = Math.min(size, room.capacity());
            if (wanted > bytes) {
                if (!room.take(wanted - bytes, PATIENCE, waiting)) {
                    return false;
                }
                bytes = wanted;
            }
            return true;
        }

        /** One at the end of the stream is not shared: the stream may have more by then. */
        Part keep(StreamCursor.Request request, int size, List<Event> events, boolean isAtEnd) {
            int kept = Math.min(size, room.capacity());
            room.giveBack(bytes - kept);
            bytes = 0;
            var part = new Part(events, size, isAtEnd, new AtomicInteger(1), () -> {
                room.giveBack(kept);
                synchronized (parts) {
                    parts.values().removeIf(each -> each.users().get() == 0);
                }
            });
            if (!isAtEnd) {
                synchronized (parts) {
                    parts.put(request, part);
                }
            }
            return part;
        }

        void close() {
            room.giveBack(bytes);
            bytes = 0;
        }
    }
}
