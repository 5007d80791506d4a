package io.jetwright.operator.asset.kind;

import io.jetwright.nats.ConnectionSettings;
import io.jetwright.operator.connection.Route;
import io.jetwright.plan.AssetName;
import io.jetwright.status.Reason;

/** What a resource refers to, as far as it can be told. */
public sealed interface Target {
    /** The JetStream object, and the way to it. */
    record Resolved(ConnectionSettings connection, AssetName name) implements Target {}

    /**
     * Something that the resource refers to is not there, or not allowed.
     *
     * @param message says what, and what to do
     */
    record Missing(Reason reason, String message) implements Target {}

    /** The object on a way to NATS, if there is one. */
    static Target of(Route route, AssetName name) {
        return switch (route) {
            case Route.Open open -> new Resolved(open.settings(), name);
            case Route.Closed closed -> new Missing(closed.reason(), closed.message());
            case Route.Coming coming -> new Coming();
        };
    }

    /** Something that the resource refers to is on its way, and not worth a report yet. */
    record Coming() implements Target {}
}
