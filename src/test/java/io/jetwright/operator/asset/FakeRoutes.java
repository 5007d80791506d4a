package io.jetwright.operator.asset;

import io.jetwright.api.Connection;
import io.jetwright.api.ConnectionReference;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.operator.connection.Route;
import io.jetwright.operator.connection.Routes;
import io.jetwright.status.Reason;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Ways to NATS, as the Connections that are put here have them. */
public final class FakeRoutes implements Routes {
    private final Map<String, Route> routes = new HashMap<>();
    private final Map<String, ConnectionSettings> lastKnown = new HashMap<>();

    public FakeRoutes() {
        put("", Resources.CONNECTION);
    }

    /** Somebody has created or corrected a Connection. */
    public void put(String key, ConnectionSettings settings) {
        routes.put(key, new Route.Open(settings));
        lastKnown.put(key, settings);
    }

    /** A server of its own for each name. */
    public static ConnectionSettings server(String name) {
        return new ConnectionSettings(List.of(URI.create("nats://" + name + ":4222")), null);
    }

    /** Somebody has broken a Connection. */
    public void close(String key, Reason reason, String message) {
        routes.put(key, new Route.Closed(reason, message));
    }

    /** A Secret of a Connection is being read. */
    public void pending(String key) {
        routes.put(key, new Route.Pending());
    }

    /** Somebody has deleted a Connection. */
    public void remove(String key) {
        routes.remove(key);
        lastKnown.remove(key);
    }

    /** The operator has started anew, and knows nothing of before. */
    public void forget() {
        lastKnown.clear();
    }

    @Override
    public Route to(String namespace, @Nullable ConnectionReference reference) {
        String key = key(namespace, reference);
        return routes.getOrDefault(key, new Route.Closed(Reason.CONNECTION_NOT_FOUND, "there is no Connection " + key));
    }

    @Override
    public Optional<Connection> connection(String namespace, @Nullable ConnectionReference reference) {
        return Optional.empty();
    }

    @Override
    public Route lastKnown(String key) {
        ConnectionSettings known = lastKnown.get(key);
        return known != null
                ? new Route.Open(known)
                : routes.getOrDefault(
                        key, new Route.Closed(Reason.CONNECTION_NOT_FOUND, "there is no Connection " + key));
    }

    @Override
    public String key(String namespace, @Nullable ConnectionReference reference) {
        return reference == null
                ? ""
                : Routes.key(Objects.requireNonNullElse(reference.namespace(), namespace), reference.name());
    }
}
