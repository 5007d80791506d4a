package io.jetwright.nats;

import io.nats.client.Connection;
import io.nats.client.Options;

/**
 * What the user of a {@link PersistentConnection} contributes to it, and how the user learns of its state. Must not block,
 * except in {@link #settings}, {@link #prepare} and {@link #closing}.
 *
 * <p>A {@code RuntimeException} makes the attempt fail if it comes from a method that belongs to one ({@link #settings},
 * {@link #configure}, {@link #prepare}). From all others it is logged, and the connection goes on.
 */
public interface ConnectionHandler {
    /**
     * The settings for the attempt that is about to begin.
     *
     * @throws ConnectFailure if there are none that can be used; {@link #failed} gets it
     */
    ConnectionSettings settings() throws ConnectFailure;

    /**
     * Adds options to those of an attempt. Servers, credentials and TLS are set already; listeners, the executor of their
     * callbacks, and that jnats does not reconnect, are set afterwards.
     */
    void configure(Options.Builder options);

    /**
     * Prepares a new connection before {@link PersistentConnection#connection} returns it. If this fails, the connection is
     * closed, and the attempt has failed.
     *
     * @throws ConnectFailure if the connection is of no use; {@link #failed} gets it
     * @throws IllegalStateException if the server does not answer; {@link #failed} gets the reason as far as it is known
     */
    default void prepare(Connection fresh) throws ConnectFailure, InterruptedException {}

    /** {@link PersistentConnection#connection} returns this connection from now on. */
    void connected(Connection fresh);

    /** An attempt failed, and another one follows. Called for each attempt, also if the reason is the last one's. */
    void failed(ConnectFailure reason);

    /** The connection broke. {@link PersistentConnection#connection} stops returning it after this call. */
    void lost(ConnectFailure reason);

    /** The connection is about to be closed for good. {@link PersistentConnection#connection} no longer returns it. */
    default void closing(Connection last) {}

    /**
     * The server sent an error, such as a violation of permissions. It may come while the attempt is still under way.
     *
     * @param error the server's text
     */
    void errorOccurred(Connection source, String error);
}
