package io.jetwright.operator.asset.kind;

import io.jetwright.api.Asset;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.operator.connection.Route;
import io.jetwright.operator.connection.Routes;
import io.jetwright.plan.AssetName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which JetStream object the resources of a kind name, and on which connection. Reads caches only. */
public interface Naming<R extends Asset<?, ?>> {
    /** The connection that the resource uses. */
    Route route(R resource);

    /**
     * The connection on which the resource names this JetStream object, or, while what it refers to is not known, may name
     * it; empty if it names another one.
     */
    Optional<Route> routeTo(R resource, AssetName name);

    /** The key of the Connection that the resource uses; see {@link Routes}. */
    String connection(R resource);

    /** The key of the Connection on which the JetStream object was last seen; if it never was, of that which is used. */
    default String lastKnownConnection(R resource) {
        return LastSeen.connection(resource).orElseGet(() -> connection(resource));
    }

    /** Whether the resource uses this connection now. */
    default boolean isOn(R resource, ConnectionSettings connection) {
        return route(resource) instanceof Route.Open open && open.settings().equals(connection);
    }

    /** The JetStream object that the resource names now. */
    Target resolve(R resource);

    /**
     * The JetStream object that the resource named when it was last reconciled, on the connection where it was last seen,
     * even if what the resource refers to has been deleted since; null if it never named one. This is what the deletion of
     * the resource is about.
     */
    @Nullable
    Target lastKnown(R resource);
}
