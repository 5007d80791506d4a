package io.jetwright.jetstream;

import io.jetwright.nats.ConnectionSettings;
import java.time.Duration;
import java.util.Set;

/**
 * The pool of connections. Equal settings share a connection, which opens when somebody asks for it. Safe for use by
 * several threads.
 */
public final class Connections implements AutoCloseable {
    private final Pool<NatsJetStream> pool;

    /**
     * An empty pool.
     *
     * @param listener told about all connections
     * @param requests told about each request that is over
     * @param pause told when a request has to wait
     */
    public Connections(ConnectionListener listener, Requests requests, Pause pause) {
        this(listener, requests, pause, Pool.LINGER);
    }

    /**
     * An empty pool.
     *
     * @param linger how long a connection that is no longer needed stays open
     */
    Connections(ConnectionListener listener, Requests requests, Pause pause, Duration linger) {
        pool = new Pool<>(
                (settings, network) -> new NatsJetStream(settings, listener, requests, network, pause), linger);
    }

    /**
     * The JetStream behind these settings. Never waits for the server: the connection is made in the background, and until
     * it is up, requests fail with {@link JetStreamException.Pending} or with the reason.
     */
    public JetStream get(ConnectionSettings settings) {
        return pool.get(settings);
    }

    /** The state of the connection with these settings. Like {@link #get}, opens it if there is none. */
    public ConnectionHealth health(ConnectionSettings settings) {
        return pool.get(settings);
    }

    /**
     * Declares which connections are needed from now on; before the first call, all are. Others are closed, also if they
     * are opened later, but not before requests that are under way on them had the time to finish.
     */
    public void retain(Set<ConnectionSettings> settings) {
        pool.retain(settings);
    }

    /** Closes all connections at once. The pool cannot be used afterwards. */
    @Override
    public void close() {
        pool.close();
    }
}
