package io.jetwright.operator.connection;

import io.jetwright.nats.ConnectionSettings;
import io.jetwright.status.Reason;

/** The way to NATS, as far as it can be told. */
public sealed interface Route {
    /** All that it takes is there. */
    record Open(ConnectionSettings settings) implements Route {}

    /**
     * Something is missing, or forbidden.
     *
     * @param message says what, and what to do
     */
    record Closed(Reason reason, String message) implements Route {}

    /** A Secret is being read, and nothing is known yet. */
    record Pending() implements Route {}
}
