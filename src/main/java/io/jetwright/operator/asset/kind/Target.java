package io.jetwright.operator.asset.kind;

import io.jetwright.nats.ConnectionSettings;
import io.jetwright.operator.connection.Route;
import io.jetwright.plan.AssetName;
import io.jetwright.status.Reason;

/** The JetStream object that a resource names, as far as what it refers to is known. */
public sealed interface Target {
    /** All that the resource refers to is there. */
    record Resolved(ConnectionSettings connection, AssetName name) implements Target {}

    /**
     * Something that the resource refers to does not exist, or may not be used.
     *
     * @param message for people: what is missing, and the cure
     */
    record Missing(Reason reason, String message) implements Target {}

    /** Something that the resource refers to is not known yet. It will be, or be {@link Missing}, within seconds. */
    record Pending() implements Target {}

    /** The object of this name, where the route leads to a connection. */
    static Target of(Route route, AssetName name) {
        return switch (route) {
            case Route.Open open -> new Resolved(open.settings(), name);
            case Route.Closed closed -> new Missing(closed.reason(), closed.message());
            case Route.Pending pending -> new Pending();
        };
    }
}
