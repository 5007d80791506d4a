package io.jetwright.eventlogger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** A message of the stream in the form in which clients get it: encoded once, as a server-sent event. */
final class Event {
    /** What an event occupies beside its bytes, about. */
    private static final int OVERHEAD = 192;

    private static final byte[] END = {'\n', '\n'};

    private final EventId id;
    private final String name;
    private final Instant timestamp;
    private final byte[] frame;
    private final int start;

    /**
     * Encodes an event.
     *
     * @param sequence in the stream
     * @param name the subject without the prefix
     * @param json on one line
     */
    Event(long sequence, String name, Instant timestamp, byte[] json) {
        this.id = EventId.of(sequence, timestamp);
        byte[] head = ("id: " + id + "\ndata: ").getBytes(StandardCharsets.US_ASCII);
        this.name = name;
        this.timestamp = timestamp;
        this.start = head.length;
        this.frame = ByteBuffer.allocate(head.length + json.length + END.length)
                .put(head)
                .put(json)
                .put(END)
                .array();
    }

    EventId id() {
        return id;
    }

    long sequence() {
        return id.sequence();
    }

    String name() {
        return name;
    }

    Instant timestamp() {
        return timestamp;
    }

    /** What the event occupies in memory, in bytes. */
    int size() {
        return frame.length + OVERHEAD;
    }

    /** The whole server-sent event: its id, and the JSON as its data. The array is shared: nobody may change it. */
    ByteBuffer frame() {
        return ByteBuffer.wrap(frame).asReadOnlyBuffer();
    }

    /** The length of the whole server-sent event, in bytes. */
    int frameLength() {
        return frame.length;
    }

    /** The JSON alone. */
    ByteBuffer json() {
        return ByteBuffer.wrap(frame, start, length()).asReadOnlyBuffer();
    }

    /** The length of the JSON alone, in bytes. */
    int length() {
        return frame.length - start - END.length;
    }

    /** The JSON. */
    @Override
    public String toString() {
        return new String(frame, start, length(), StandardCharsets.UTF_8);
    }
}
