package io.jetwright.eventlogger;

import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import java.io.IOException;
import java.time.Duration;

/** JetStream by jnats, with the prefix of the settings, and with a time-out of our own. */
final class JetStreams {
    /** How long to wait for an answer of JetStream. */
    static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** The server deletes a consumer after this time without requests, should this process not come to it. */
    private static final Duration INACTIVE_THRESHOLD = Duration.ofSeconds(30);

    private JetStreams() {}

    static JetStream publishing(Connection connection, EventLoggerSettings settings) throws IOException {
        return connection.jetStream(options(settings));
    }

    static JetStreamManagement management(Connection connection, EventLoggerSettings settings) throws IOException {
        return connection.jetStreamManagement(options(settings));
    }

    /**
     * Creates a consumer that lives only as long as something is read: a pull consumer, whose messages come also from JetStream
     * of another account, whose exports let answers through, but not what a push consumer delivers.
     *
     * @param start where it begins, and what it filters
     */
    static ConsumerInfo createEphemeral(
            Connection connection, EventLoggerSettings settings, ConsumerConfiguration start)
            throws IOException, JetStreamApiException {
        return management(connection, settings)
                .createConsumer(
                        settings.stream(),
                        ConsumerConfiguration.builder(start)
                                .ackPolicy(AckPolicy.None)
                                .memStorage(true)
                                .numReplicas(1)
                                .inactiveThreshold(INACTIVE_THRESHOLD)
                                .build());
    }

    /** Deletes such a consumer. */
    static void delete(Connection connection, EventLoggerSettings settings, ConsumerInfo consumer) {
        try {
            management(connection, settings).deleteConsumer(settings.stream(), consumer.getName());
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            // the connection is closed or the consumer is gone; else the server deletes it after a while
        }
    }

    private static JetStreamOptions options(EventLoggerSettings settings) {
        var builder = JetStreamOptions.builder().requestTimeout(TIMEOUT);
        settings.jetStreamPrefix().ifPresent(builder::prefix);
        return builder.build();
    }
}
