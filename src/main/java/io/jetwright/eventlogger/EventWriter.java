package io.jetwright.eventlogger;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes events to a client in small pieces. While the client takes a piece, nothing else is held for it, however large the
 * event is and however slow the client.
 */
final class EventWriter {
    /** Of a piece, in bytes. */
    static final int SIZE = 8 << 10;

    /** For each piece while more is held. */
    private static final Duration PIECE_OF_PART = Duration.ofSeconds(10);

    private final OutputStream out;
    private final Deadline deadline;
    private byte @Nullable [] buffer;
    private int used;
    private long partBegan;
    private long partTime = -1;

    /**
     * @param deadline set while the client takes a piece
     */
    EventWriter(OutputStream out, Deadline deadline) {
        this.out = out;
        this.deadline = deadline;
    }

    /** Which part of an event is written. */
    enum Part {
        FRAME {
            @Override
            ByteBuffer of(Event event) {
                return event.frame();
            }
        },
        JSON {
            @Override
            ByteBuffer of(Event event) {
                return event.json();
            }
        };

        abstract ByteBuffer of(Event event);
    }

    /** Writes a few bytes, which go out with what follows, or with {@link #flush}. */
    void write(byte[] bytes) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            put(rest, SIZE);
            if (used == SIZE) {
                flush();
            }
        }
    }

    /** Writes events that fit into a piece together. Nothing may have been written that is not flushed yet. */
    void write(List<Event> events) {
        int size = 0;
        for (Event event : events) {
            size += event.frameLength();
        }
        for (Event event : events) {
            put(event.frame(), size);
        }
    }

    /**
     * Writes an event.
     *
     * @param lookup finds the event, again for each piece; null when it cannot be found any more
     * @throws IOException if the client is gone, or the event is, so that the rest of it cannot be written
     */
    void write(Supplier<@Nullable Event> lookup, Part part) throws IOException {
        int offset = 0;
        for (int piece = put(lookup, part, offset); piece >= 0; piece = put(lookup, part, offset)) {
            offset += piece;
            flush();
        }
    }

    /** Puts what there is room for; -1 if that was the rest. */
    private int put(Supplier<@Nullable Event> lookup, Part part, int offset) throws IOException {
        Event event = lookup.get();
        if (event == null) {
            throw new IOException("the client has not taken an event before it had to be dropped");
        }
        ByteBuffer bytes = part.of(event);
        bytes.position(bytes.position() + offset);
        int piece = put(bytes, Math.min(SIZE, bytes.remaining() + 2));
        return bytes.hasRemaining() ? piece : -1;
    }

    private int put(ByteBuffer bytes, int expected) {
        byte[] target = buffer;
        if (target == null || target.length - used < Math.min(bytes.remaining(), SIZE - used)) {
            target = new byte[Math.clamp((long) used + expected, used, SIZE)];
            if (buffer != null) {
                System.arraycopy(buffer, 0, target, 0, used);
            }
            buffer = target;
        }
        int piece = Math.min(bytes.remaining(), target.length - used);
        bytes.get(target, used, piece);
        used += piece;
        return piece;
    }

    /**
     * From now on the client has to take each piece within 10 seconds, and all of them at no less than 16 KiB a second, since
     * more than a piece is held for it.
     *
     * @param bytes what is held
     */
    void beginPart(int bytes) {
        partBegan = System.nanoTime();
        partTime = Deadline.toTake(bytes).toNanos();
    }

    /** From now on each piece has its own time. */
    void endPart() {
        partTime = -1;
    }

    private Duration timeToTake() {
        return partTime < 0
                ? Deadline.toTake(SIZE)
                : Duration.ofNanos(Math.clamp(partTime - (System.nanoTime() - partBegan), 0, PIECE_OF_PART.toNanos()));
    }

    /** Whether something was written that is not flushed yet. */
    boolean hasMore() {
        return used > 0;
    }

    /**
     * Has the client take what was written.
     *
     * @throws IOException if the client is gone, or has not taken it in time
     */
    void flush() throws IOException {
        byte[] piece = buffer;
        if (piece == null || used == 0) {
            return;
        }
        int length = used;
        buffer = null;
        used = 0;
        deadline.set(timeToTake());
        try {
            out.write(piece, 0, length);
            out.flush();
        } finally {
            deadline.clear();
        }
    }
}
