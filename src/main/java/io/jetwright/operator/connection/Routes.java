package io.jetwright.operator.connection;

import io.jetwright.api.Connection;
import io.jetwright.api.ConnectionReference;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells each resource its way to NATS. A Connection is known by its key, {@code namespace/name}; the empty key stands for
 * the operator's own settings (NATS_URL), which resources use that name no Connection while there is no default one.
 */
public interface Routes {
    /** The key that stands for the operator's own settings. */
    String OPERATORS_OWN = "";

    /**
     * The way as it is now.
     *
     * @param namespace of the resource
     * @param reference what it names; null for the operator's default
     */
    Route to(String namespace, @Nullable ConnectionReference reference);

    /** The Connection that is used, if it exists; empty also for the operator's own settings. */
    Optional<Connection> connection(String namespace, @Nullable ConnectionReference reference);

    /**
     * The way over the Connection with this key, whoever uses it: by the settings that it last came to, even if a Secret of
     * it is gone; as it is now, if there never were any.
     */
    Route lastKnown(String key);

    /** The key of the Connection that is used, whether it exists or not. */
    String key(String namespace, @Nullable ConnectionReference reference);

    /** The key of a Connection. */
    static String key(String namespace, String name) {
        return namespace + "/" + name;
    }

    /** The key of a Connection. */
    static String key(Connection connection) {
        return key(
                connection.getMetadata().getNamespace(),
                connection.getMetadata().getName());
    }
}
