package io.jetwright.jetstream;

import io.jetwright.nats.ConnectionSettings;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The pool of connections over which messages go, beside requests to JetStream's API. Equal settings share a connection, which
 * opens when somebody asks for it. Safe for use by several threads.
 */
public final class NatsConnections implements AutoCloseable {
    private final Pool<NatsConnection> pool;

    /**
     * An empty pool.
     *
     * @param changed told when a connection is up or down; called on the connection's threads, must not block
     * @param requests told about each request that is over
     */
    public NatsConnections(Consumer<ConnectionSettings> changed, Requests requests) {
        ConnectionListener listener = new ConnectionListener() {
            @Override
            public void connected(ConnectionSettings settings) {
                changed.accept(settings);
            }

            @Override
            public void disconnected(ConnectionSettings settings) {
                changed.accept(settings);
            }

            @Override
            public void changed(ConnectionSettings settings, Advisory advisory) {}
        };
        pool = new Pool<>(
                (settings, network) -> new NatsConnection(settings, listener, requests, network), Pool.LINGER);
    }

    /** The connection with these settings, which is made in the background; until it is up, requests fail with the reason. */
    public NatsConnection get(ConnectionSettings settings) {
        return pool.get(settings);
    }

    /** Declares which connections are needed from now on; others are closed after a few seconds. */
    public void retain(Set<ConnectionSettings> settings) {
        pool.retain(settings);
    }

    /** Closes all connections at once. The pool cannot be used afterwards. */
    @Override
    public void close() {
        pool.close();
    }
}
