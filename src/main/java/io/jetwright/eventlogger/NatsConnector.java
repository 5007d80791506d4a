package io.jetwright.eventlogger;

import io.nats.client.AuthenticationException;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Connects to NATS, and does so again and again, for ever. */
final class NatsConnector implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NatsConnector.class);
    private static final Pattern PASSWORD = Pattern.compile("//[^/@\\s]*@");

    private final EventLoggerSettings settings;
    private final String servers;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable Connection connection;
    private long generation;
    private boolean isUp;
    private boolean isClosed;
    private String failure;

    NatsConnector(EventLoggerSettings settings) {
        this.settings = settings;
        servers = settings.servers().stream().map(NatsConnector::withoutUser).collect(Collectors.joining(","));
        failure = servers + " has not been reached yet";
    }

    private static String withoutUser(URI server) {
        return PASSWORD.matcher(server.toString()).replaceAll("//");
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
        try {
            Connection fresh = Nats.connect(NatsOptions.of(settings)
                    .connectionListener(this::heard)
                    .errorListener(new Errors())
                    .build());
            LOG.info(
                    "Connected to {}, nats-server {}",
                    servers,
                    fresh.getServerInfo().getVersion());
            up(fresh);
            return true;
        } catch (AuthenticationException e) {
            down(servers + " refused the credentials (" + e.getMessage()
                    + "): correct user, password, token or credentials file");
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            LOG.debug("{}", PASSWORD.matcher(e.toString()).replaceAll("//"));
            boolean isFile = e.getMessage() != null && e.getMessage().startsWith("the ");
            down(
                    isFile
                            ? String.valueOf(e.getMessage())
                            : servers
                                    + " cannot be reached: see whether nats-server runs there, and whether the address is right");
        }
        return false;
    }

    private void up(Connection current) throws InterruptedException {
        lock.lock();
        try {
            if (isClosed) {
                current.close();
                return;
            }
            connection = current;
            isUp = current.getStatus() == Connection.Status.CONNECTED;
            generation++;
            changed.signalAll();
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
        switch (event) {
            case RECONNECTED -> {
                LOG.info("Connected to {} again", servers);
                lock.lock();
                try {
                    isUp = true;
                    generation++;
                    changed.signalAll();
                } finally {
                    lock.unlock();
                }
            }
            case DISCONNECTED -> lost();
            case CLOSED -> {
                lost();
                startUnlessClosed(source);
            }
            default -> {}
        }
    }

    private void lost() {
        lock.lock();
        try {
            if (!isClosed && connection != null) {
                down("the connection to " + servers
                        + " is lost, and is tried again all the time: see whether nats-server runs there");
            }
        } finally {
            lock.unlock();
        }
    }

    /** A connection whose credentials are refused again and again is given up by jnats, but not by us. */
    private void startUnlessClosed(Connection source) {
        lock.lock();
        try {
            if (isClosed || source != connection) {
                return;
            }
            connection = null;
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

    /** Only for the log; those who asked for something hear of its failure themselves. */
    private static final class Errors implements ErrorListener {
        @Override
        public void errorOccurred(Connection source, String error) {
            // refused credentials are told by connectOnce(), once
            LOG.atLevel(error.contains("Permissions") ? Level.WARN : Level.DEBUG)
                    .log("NATS: {}", error);
        }

        @Override
        public void exceptionOccurred(Connection source, Exception exception) {
            LOG.debug("NATS: {}", PASSWORD.matcher(exception.toString()).replaceAll("//"));
        }
    }
}
