package io.jetwright.eventlogger;

import io.jetwright.nats.Backoff;
import io.jetwright.nats.ConnectFailure;
import io.jetwright.nats.ConnectionHandler;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.nats.Credentials;
import io.jetwright.nats.PersistentConnection;
import io.jetwright.nats.SettingNames;
import io.nats.client.Connection;
import io.nats.client.Options;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The event logger's connection to NATS, which is made again whenever it is lost. */
final class NatsConnector implements AutoCloseable {
    /** The time between two attempts to connect. */
    static final Duration RECONNECT_WAIT = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(NatsConnector.class);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration PING_INTERVAL = Duration.ofSeconds(10);
    private static final SettingNames NAMES = new SettingNames(
            "NATS_TLS_CA_FILE",
            "NATS_TLS_FIRST",
            "the authorities in NATS_TLS_CA_FILE",
            "NATS_TLS_CERT_FILE and NATS_TLS_KEY_FILE");

    private final EventLoggerSettings settings;
    private final String servers;
    private final PersistentConnection connection;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition connected = lock.newCondition();
    private volatile String failure;
    private volatile String publicFailure = "it has not been reached yet";

    NatsConnector(EventLoggerSettings settings) {
        this.settings = settings;
        servers = new ConnectionSettings(settings.servers(), new Credentials.None(), null, ConnectionSettings.API)
                .toString();
        failure = servers + " has not been reached yet";
        connection = new PersistentConnection(
                servers,
                NAMES,
                new Backoff(RECONNECT_WAIT, RECONNECT_WAIT),
                task -> Thread.ofVirtual().name("nats-connect").start(task),
                new Handler());
    }

    /** The time from when the connection was made until it is lost. Each new connection begins another life. */
    record Life(Connection connection) {}

    /** Begins to connect, and returns at once. */
    void start() {
        connection.start();
    }

    boolean isUp() {
        return connection.connection() != null;
    }

    /** The connection while it is up; null while it is not. */
    @Nullable
    Connection connection() {
        return connection.connection();
    }

    /** Whether the connection is still in the same life. */
    boolean isSame(Life life) {
        return connection.connection() == life.connection();
    }

    /** Waits until the connection is up, for as long as it takes. */
    Life await() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Connection current = connection.connection();
            while (current == null) {
                connected.await();
                current = connection.connection();
            }
            return new Life(current);
        } finally {
            lock.unlock();
        }
    }

    /** Why the connection is not up, and what to do about it. Valid only while it is not up; never null. */
    String failure() {
        return failure;
    }

    /** The same for strangers: without addresses, files and the server's own words. */
    String publicFailure() {
        return publicFailure;
    }

    /** The servers' addresses, without credentials. */
    String servers() {
        return servers;
    }

    /** Sends what is still in the buffers, waiting two seconds at most, and closes the connection. */
    @Override
    public void close() {
        connection.close();
    }

    private final class Handler implements ConnectionHandler {
        @Override
        public ConnectionSettings settings() throws ConnectFailure {
            try {
                return settings.access().read(settings.servers());
            } catch (IOException e) {
                throw new ConnectFailure(ConnectFailure.Kind.DENIED, String.valueOf(e.getMessage()));
            }
        }

        @Override
        public void configure(Options.Builder options) {
            options.connectionName("event-logger " + settings.instance())
                    .connectionTimeout(CONNECT_TIMEOUT)
                    .pingInterval(PING_INTERVAL)
                    .supportUTF8Subjects();
        }

        @Override
        public void connected(Connection fresh) {
            lock.lock();
            try {
                connected.signalAll();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void failed(ConnectFailure reason) {
            if (!failure.equals(reason.getMessage())) {
                LOG.warn("{}", reason.getMessage());
            }
            failure = reason.getMessage();
            publicFailure = switch (reason.kind()) {
                case UNREACHABLE -> "none of its servers can be reached";
                case INSECURE -> "TLS with its servers fails";
                case DENIED -> "it does not accept the credentials";
            };
        }

        @Override
        public void lost(ConnectFailure reason) {
            failed(reason);
        }

        @Override
        public void closing(Connection last) {
            try {
                if (last.getStatus() == Connection.Status.CONNECTED) {
                    last.flush(Duration.ofSeconds(2));
                }
            } catch (TimeoutException e) {
                LOG.debug("{}", e.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void errorOccurred(Connection source, String error) {
            // failed() reports refused credentials, and only once
            LOG.atLevel(error.contains("Permissions") ? Level.WARN : Level.DEBUG)
                    .log("NATS: {}", error);
        }
    }
}
