package io.jetwright.eventlogger;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** A message of the stream in the form in which clients get it: encoded once, as a server-sent event. */
final class Event {
    private static final byte[] END = {'\n', '\n'};

    private final long sequence;
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
        byte[] head = ("id: " + sequence + "\ndata: ").getBytes(StandardCharsets.US_ASCII);
        this.sequence = sequence;
        this.name = name;
        this.timestamp = timestamp;
        this.start = head.length;
        this.frame = ByteBuffer.allocate(head.length + json.length + END.length)
                .put(head)
                .put(json)
                .put(END)
                .array();
    }

    long sequence() {
        return sequence;
    }

    String name() {
        return name;
    }

    Instant timestamp() {
        return timestamp;
    }

    /** The size of the whole server-sent event, in bytes. */
    int size() {
        return frame.length;
    }

    /** The length of the JSON alone, in bytes. */
    int length() {
        return frame.length - start - END.length;
    }

    void writeJson(OutputStream out) throws IOException {
        out.write(frame, start, length());
    }

    /** Writes the server-sent event: its id is the sequence, its data is the JSON. */
    void writeFrame(OutputStream out) throws IOException {
        out.write(frame);
    }

    /** The JSON. */
    @Override
    public String toString() {
        return new String(frame, start, length(), StandardCharsets.UTF_8);
    }
}
