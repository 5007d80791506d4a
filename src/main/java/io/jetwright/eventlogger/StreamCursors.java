package io.jetwright.eventlogger;

import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Opens cursors on the stream as it is now, for events that are no longer in the log. */
interface StreamCursors {
    /** Opens a cursor; null while NATS is not connected or the stream cannot be used. */
    @Nullable
    StreamCursor open(StreamCursor.Request request) throws IOException, JetStreamApiException;

    /** Asks JetStream for the last sequence of the stream; empty if the stream cannot be used. */
    OptionalLong lastSequence();
}
