package io.jetwright.eventlogger;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Opens cursors on the stream that the poller sees, by the connector's connection. */
record JetStreamCursors(
        EventLoggerSettings settings, NatsConnector connector, StreamPoller poller, PayloadDecoder payloads)
        implements StreamCursors {
    @Override
    public @Nullable StreamCursor open(StreamCursor.Request request) throws IOException, JetStreamApiException {
        Connection connection = connector.connection();
        StreamView view = poller.view();
        return connection == null || view == null
                ? null
                : StreamCursor.open(connection, settings, view, payloads, request);
    }

    @Override
    public OptionalLong lastSequence() {
        StreamView view = poller.pollNow();
        return view == null ? OptionalLong.empty() : OptionalLong.of(view.lastSequence());
    }
}
