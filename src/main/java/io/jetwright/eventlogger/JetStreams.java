package io.jetwright.eventlogger;

import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import java.io.IOException;
import java.time.Duration;

/** Opens jnats' views of JetStream with the prefix of the settings, and with a time-out of our own. */
final class JetStreams {
    /** How long to wait for an answer of JetStream. */
    static final Duration TIMEOUT = Duration.ofSeconds(5);

    private JetStreams() {}

    static JetStream publishing(Connection connection, EventLoggerSettings settings) throws IOException {
        return connection.jetStream(options(settings));
    }

    static JetStreamManagement management(Connection connection, EventLoggerSettings settings) throws IOException {
        return connection.jetStreamManagement(options(settings));
    }

    private static JetStreamOptions options(EventLoggerSettings settings) {
        var builder = JetStreamOptions.builder().requestTimeout(TIMEOUT);
        settings.jetStreamPrefix().ifPresent(builder::prefix);
        return builder.build();
    }
}
