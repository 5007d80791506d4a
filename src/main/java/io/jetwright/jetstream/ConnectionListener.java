package io.jetwright.jetstream;

import io.jetwright.nats.ConnectionSettings;

/** Is told about the state of a connection, and about advisories. Called on the connection's threads; must not block. */
public interface ConnectionListener {
    /** The connection is up, for the first time or again. */
    void connected(ConnectionSettings settings);

    /**
     * The first attempt to connect failed, or the connection has been down for a few seconds. Called again when there is
     * another reason for it.
     */
    void disconnected(ConnectionSettings settings);

    /** Somebody else than this operator changed something. */
    void changed(ConnectionSettings settings, Advisory advisory);
}
