package io.jetwright.eventlogger;

import io.jetwright.nats.Access;
import io.jetwright.nats.Attempt;
import io.jetwright.nats.ConnectFailure;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.nats.Credentials;
import io.jetwright.nats.Sensitive;
import io.jetwright.nats.SettingNames;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Connects to NATS, and does so again and again, for ever. */
final class NatsConnector implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NatsConnector.class);
    private static final SettingNames NAMES = new SettingNames(
            "NATS_TLS_CA_FILE",
            "NATS_TLS_FIRST",
            "the authorities in NATS_TLS_CA_FILE",
            "NATS_TLS_CERT_FILE and NATS_TLS_KEY_FILE");

    private final EventLoggerSettings settings;
    private final String servers;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ExecutorService callbacks =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
    private volatile List<String> discovered = List.of();
    private @Nullable Connection connection;
    private long generation;
    private boolean isUp;
    private boolean isClosed;
    private String failure;

    NatsConnector(EventLoggerSettings settings) {
        this.settings = settings;
        servers = new ConnectionSettings(settings.servers(), new Credentials.None(), null, ConnectionSettings.API)
                .toString();
        failure = servers + " has not been reached yet";
    }

    /**
     * A connection, in one of its lives: each time that it is made, or made again, begins a new one.
     *
     * @param generation counts the lives
     */
    record Life(Connection connection, long generation) {}

    /** Begins to connect, and returns at once. */
    void start() {
        Thread.ofVirtual().name("nats-connect").start(this::connectForEver);
    }

    private void connectForEver() {
        try {
            while (!connectOnce()) {
                lock.lockInterruptibly();
                try {
                    if (isClosed || changed.await(NatsOptions.RECONNECT_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                        return;
                    }
                } finally {
                    lock.unlock();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean connectOnce() throws InterruptedException {
        ConnectionSettings current;
        try {
            current = settings.access().read(settings.servers());
        } catch (IOException e) {
            down(String.valueOf(e.getMessage()));
            return false;
        }
        var attempt = new Attempt(current, NAMES, callbacks);
        try {
            var options = NatsOptions.of(settings)
                    .connectionListener(this::heard)
                    .errorListener(new Errors(attempt))
                    .callbackExecutor(callbacks);
            Access.put(current, discovered, options);
            Connection fresh = Nats.connect(options.build());
            attempt.succeeded();
            LOG.info(
                    "Connected to {}, nats-server {}",
                    servers,
                    fresh.getServerInfo().getVersion());
            return up(fresh);
        } catch (ConnectFailure e) {
            down(e.getMessage());
        } catch (IOException | RuntimeException e) {
            LOG.debug("{}", Sensitive.withoutCredentials(e.toString()));
            down(attempt.failed(e).getMessage());
        }
        return false;
    }

    private boolean up(Connection fresh) throws InterruptedException {
        lock.lock();
        try {
            if (isClosed) {
                fresh.close();
                return true;
            }
            if (fresh.getStatus() != Connection.Status.CONNECTED) {
                fresh.close();
                return false;
            }
            connection = fresh;
            isUp = true;
            generation++;
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void down(String reason) {
        lock.lock();
        try {
            if (!failure.equals(reason)) {
                LOG.warn("{}", reason);
            }
            isUp = false;
            failure = reason;
        } finally {
            lock.unlock();
        }
    }

    private void heard(Connection source, ConnectionListener.Events event) {
        if (event == ConnectionListener.Events.DISCONNECTED || event == ConnectionListener.Events.CLOSED) {
            lost(source);
        }
    }

    private void lost(Connection source) {
        lock.lock();
        try {
            if (isClosed || source != connection) {
                return;
            }
            connection = null;
            discovered = List.copyOf(source.getServers());
            down("the connection to " + servers
                    + " is lost, and is tried again all the time: see whether nats-server runs there");
        } finally {
            lock.unlock();
        }
        start();
    }

    boolean isUp() {
        lock.lock();
        try {
            return isUp && !isClosed;
        } finally {
            lock.unlock();
        }
    }

    /** The connection while it is up; null while it is not. */
    @Nullable
    Connection connection() {
        lock.lock();
        try {
            return isUp && !isClosed ? connection : null;
        } finally {
            lock.unlock();
        }
    }

    /** Whether a connection is still in the same life. */
    boolean isSame(Life life) {
        lock.lock();
        try {
            return isUp && generation == life.generation();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the connection is up. */
    Life await() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!isUp || connection == null) {
                changed.await();
            }
            return new Life(connection, generation);
        } finally {
            lock.unlock();
        }
    }

    /** Why the connection is not up, with the cure. */
    String failure() {
        lock.lock();
        try {
            return failure;
        } finally {
            lock.unlock();
        }
    }

    /** The servers' addresses, without credentials. */
    String servers() {
        return servers;
    }

    /** Sends what is to be sent, and ends the connection. */
    @Override
    public void close() {
        Connection current;
        lock.lock();
        try {
            isClosed = true;
            current = connection;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (current != null) {
            end(current);
        }
        callbacks.shutdown();
    }

    private static void end(Connection connection) {
        try {
            if (connection.getStatus() == Connection.Status.CONNECTED) {
                connection.flush(Duration.ofSeconds(2));
            }
            connection.close();
        } catch (TimeoutException e) {
            LOG.debug("{}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** For the attempt and for the log; those who asked for something hear of its failure themselves. */
    private static final class Errors implements ErrorListener {
        private final Attempt attempt;

        Errors(Attempt attempt) {
            this.attempt = attempt;
        }

        @Override
        public void errorOccurred(Connection source, String error) {
            // refused credentials are told by connectOnce(), once
            LOG.atLevel(error.contains("Permissions") ? Level.WARN : Level.DEBUG)
                    .log("NATS: {}", error);
        }

        @Override
        public void exceptionOccurred(Connection source, Exception exception) {
            attempt.told(exception);
            LOG.debug("NATS: {}", Sensitive.withoutCredentials(exception.toString()));
        }
    }
}
