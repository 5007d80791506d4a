package io.jetwright.jetstream;

import io.jetwright.nats.ConnectionSettings;

/** Hears what happens on a connection. Called on the connection's own threads; must not block. */
public interface ConnectionListener {
    /** The connection is up, after it could not be made at first, or was lost. */
    void connected(ConnectionSettings settings);

    /** The connection is down, and has been for a few seconds. */
    void disconnected(ConnectionSettings settings);

    /** Somebody else changed something. */
    void changed(ConnectionSettings settings, Advisory advisory);
}
