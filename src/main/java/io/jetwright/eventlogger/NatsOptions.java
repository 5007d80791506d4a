package io.jetwright.eventlogger;

import io.nats.client.Options;
import java.time.Duration;

/** How the app wants its connection to be, beside servers, credentials and TLS. It is made anew when it is lost. */
final class NatsOptions {
    /** Between two attempts to connect. */
    static final Duration RECONNECT_WAIT = Duration.ofSeconds(2);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration PING_INTERVAL = Duration.ofSeconds(10);

    private NatsOptions() {}

    static Options.Builder of(EventLoggerSettings settings) {
        return new Options.Builder()
                .connectionName("event-logger " + settings.instance())
                .connectionTimeout(CONNECT_TIMEOUT)
                .pingInterval(PING_INTERVAL)
                .maxReconnects(0)
                .supportUTF8Subjects();
    }
}
