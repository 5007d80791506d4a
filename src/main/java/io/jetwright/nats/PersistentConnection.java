package io.jetwright.nats;

import io.jetwright.nats.ConnectFailure.Kind;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener.Events;
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to NATS that is made again whenever it is lost, until it is closed. Reconnection by jnats is off: each
 * attempt is a new jnats connection, so the first attempt and all later ones fail in the same ways, and each of them uses
 * the settings of its time.
 */
public final class PersistentConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PersistentConnection.class);

    private final String servers;
    private final SettingNames names;
    private final Backoff backoff;
    private final Executor tasks;
    private final ConnectionHandler handler;
    private final ExecutorService callbacks =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicReference<@Nullable Connection> connection = new AtomicReference<>();
    private volatile List<String> discovered = List.of();

    /**
     * A connection that nobody has begun to make; see {@link #start}.
     *
     * @param servers the servers' addresses without credentials, for messages
     * @param names what the settings are called in the messages of failures
     * @param tasks runs the attempts, which block; must not run them in the calling thread
     */
    public PersistentConnection(
            String servers, SettingNames names, Backoff backoff, Executor tasks, ConnectionHandler handler) {
        this.servers = servers;
        this.names = names;
        this.backoff = backoff;
        this.tasks = tasks;
        this.handler = handler;
    }

    /** Begins to connect, and returns at once. To be called once. */
    public void start() {
        tasks.execute(this::connectUntilUp);
    }

    /** The current connection; null while there is none. It may have broken a moment ago. */
    public @Nullable Connection connection() {
        return connection.get();
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void connectUntilUp() {
        Duration pause = backoff.first();
        try {
            while (!isClosed() && !connectOnce()) {
                if (closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
                pause = backoff.after(pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns false if another attempt has to follow. */
    private boolean connectOnce() throws InterruptedException {
        try {
            Connection fresh = connect();
            if (!keep(fresh)) {
                return false;
            }
            if (connection.get() == fresh) {
                LOG.info(
                        "Connected to {}, nats-server {}",
                        servers,
                        fresh.getServerInfo().getVersion());
                tell(() -> handler.connected(fresh));
            }
            return true;
        } catch (ConnectFailure e) {
            tell(() -> handler.failed(e));
            return false;
        }
    }

    /**
     * Makes the connection the current one. Returns false if it broke before its loss could be noticed; once that is
     * noticed, the next attempt has been started.
     */
    private boolean keep(Connection fresh) {
        connection.set(fresh);
        boolean isUsable = !isClosed() && fresh.getStatus() == Connection.Status.CONNECTED;
        if (isUsable || !connection.compareAndSet(fresh, null)) {
            return true;
        }
        end(fresh);
        return false;
    }

    private Connection connect() throws ConnectFailure, InterruptedException {
        try {
            ConnectionSettings settings = handler.settings();
            var attempt = new Attempt(settings, names, callbacks);
            try {
                return connect(settings, attempt);
            } catch (IOException | IllegalStateException | IllegalArgumentException e) {
                debug(e.toString());
                throw attempt.failed(e);
            }
        } catch (RuntimeException e) {
            throw new ConnectFailure(
                    Kind.UNREACHABLE,
                    "%s cannot be used, for a reason that nobody foresaw (%s): it is tried again; please report this"
                            .formatted(servers, Sensitive.withoutCredentials(e.toString())));
        }
    }

    private Connection connect(ConnectionSettings settings, Attempt attempt)
            throws IOException, InterruptedException, ConnectFailure {
        var options = new Options.Builder();
        Access.put(settings, discovered, options);
        handler.configure(options);
        Connection fresh = Nats.connect(options.maxReconnects(0)
                .connectionListener(this::heard)
                .errorListener(new Errors(attempt))
                .callbackExecutor(callbacks)
                .build());
        boolean isPrepared = false;
        try {
            handler.prepare(fresh);
            isPrepared = true;
            attempt.succeeded();
            return fresh;
        } finally {
            if (!isPrepared) {
                fresh.close();
            }
        }
    }

    private void heard(Connection source, Events event) {
        if (event == Events.DISCONNECTED || event == Events.CLOSED) {
            lost(source);
        }
    }

    private void lost(Connection source) {
        if (isClosed() || connection.get() != source) {
            return;
        }
        discovered = List.copyOf(source.getServers());
        var reason = new ConnectFailure(
                Kind.UNREACHABLE,
                "the connection to " + servers
                        + " is lost, and is tried again all the time: see whether nats-server runs there");
        tell(() -> handler.lost(reason));
        if (connection.compareAndSet(source, null)) {
            tasks.execute(this::connectUntilUp);
        }
    }

    private void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.error(
                    "{} is tried again, after what nobody foresaw: {}",
                    servers,
                    Sensitive.withoutCredentials(e.toString()));
        }
    }

    private void debug(String text) {
        LOG.debug("{}: {}", servers, Sensitive.withoutCredentials(text));
    }

    /** Ends the connection and all attempts to make it. Does nothing the second time. */
    @Override
    public void close() {
        closed.countDown();
        Connection last = connection.getAndSet(null);
        if (last != null) {
            tell(() -> handler.closing(last));
            end(last);
        }
        callbacks.shutdown();
    }

    private static void end(Connection connection) {
        try {
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Errors implements ErrorListener {
        private final Attempt attempt;

        Errors(Attempt attempt) {
            this.attempt = attempt;
        }

        @Override
        public void errorOccurred(Connection source, String error) {
            tell(() -> handler.errorOccurred(source, error));
        }

        @Override
        public void exceptionOccurred(Connection source, Exception exception) {
            attempt.told(exception);
            debug(exception.toString());
        }
    }
}
