package io.jetwright.operator.connection;

import io.jetwright.api.Connection;
import io.jetwright.api.ConnectionReference;
import io.jetwright.nats.ConnectionSettings;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells each resource its way to NATS. */
public interface Routes {
    /**
     * The way as it is now.
     *
     * @param namespace of the resource
     * @param reference what it names; null for the operator's default
     */
    Route to(String namespace, @Nullable ConnectionReference reference);

    /** The Connection that is used, if there is one; empty also for those that use none, but NATS_URL. */
    Optional<Connection> connection(String namespace, @Nullable ConnectionReference reference);

    /** The settings that were last known, even if a Secret of theirs is gone; empty if there never were any. */
    Optional<ConnectionSettings> lastKnown(String namespace, @Nullable ConnectionReference reference);

    /** What the resources of one Connection have in common; empty for those that use none, but NATS_URL. */
    String key(String namespace, @Nullable ConnectionReference reference);

    /** The key of a Connection. */
    static String key(String namespace, String name) {
        return namespace + "/" + name;
    }
}
