package io.jetwright.eventlogger;

import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import java.io.IOException;
import java.time.Duration;

/** JetStream as the settings want it: with its prefix, and with patience. */
final class JetStreams {
    /** How long JetStream may take for an answer. */
    static final Duration TIMEOUT = Duration.ofSeconds(5);

    private JetStreams() {}

    static JetStream publishing(Connection connection, EventLoggerSettings settings) throws IOException {
        return connection.jetStream(options(settings));
    }

    static JetStreamManagement management(Connection connection, EventLoggerSettings settings) throws IOException {
        return connection.jetStreamManagement(options(settings));
    }

    /** How many messages can be requested ahead when each may be as large as the server takes them; at least one. */
    static int messagesAhead(Connection connection, int mostMessages, long mostBytes) {
        return Math.clamp(mostBytes / connection.getMaxPayload(), 1, mostMessages);
    }

    private static JetStreamOptions options(EventLoggerSettings settings) {
        var builder = JetStreamOptions.builder().requestTimeout(TIMEOUT);
        settings.jetStreamPrefix().ifPresent(builder::prefix);
        return builder.build();
    }
}
