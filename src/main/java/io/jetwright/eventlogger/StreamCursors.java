package io.jetwright.eventlogger;

import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Opens cursors on the stream as it is now, for events that are no longer in the log. */
interface StreamCursors {
    /** A cursor that begins with this sequence; null while NATS is not connected or the stream cannot be used. */
    @Nullable
    StreamCursor fromSequence(long sequence) throws IOException, JetStreamApiException;

    /** A cursor that begins with this time; null while NATS is not connected or the stream cannot be used. */
    @Nullable
    StreamCursor fromTime(Instant time) throws IOException, JetStreamApiException;

    /** Asks JetStream for the last sequence of the stream; empty if the stream cannot be used. */
    OptionalLong lastSequence();
}
