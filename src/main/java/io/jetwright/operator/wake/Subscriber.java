package io.jetwright.operator.wake;

import io.jetwright.api.Asset;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.plan.AssetName;
import io.jetwright.plan.AssetName.StreamName;

/**
 * What a controller makes of the news that the {@link Hub} has: which of its resources it wakes. Called on the threads of
 * connections and informers, so the methods must not block. Connections are told by their keys, as
 * {@link io.jetwright.operator.connection.Routes Routes} has them.
 */
public interface Subscriber {
    /** Somebody else has changed a JetStream object, or an object that other resources wait for is free. */
    default void changed(ConnectionSettings connection, AssetName name) {}

    /** A resource, {@code doer}, has changed a JetStream object that other resources may name, too. */
    default void done(ConnectionSettings connection, AssetName name, Asset<?, ?> doer) {}

    /** Consumers of a stream were created, changed or deleted, by whomever. */
    default void counted(ConnectionSettings connection, StreamName stream) {}

    /** Something was changed or deleted on a connection, which may let JetStream take what it refused before. */
    default void freed(ConnectionSettings connection) {}

    /** A Connection leads elsewhere than before, or nowhere, or may be used by other namespaces than before. */
    default void rerouted(String connection) {}

    /** A connection has come up, has gone down, or has failed to come up: requests on it have another outcome now. */
    default void switched(String connection) {}

    /** More or fewer resources use a Connection than before. */
    default void used(String connection) {}
}
