package io.jetwright.relay.redrive;

import io.jetwright.nats.ConnectionSettings;
import io.jetwright.status.Reason;

/** The way to a stream of dead letters, as far as it can be told. */
sealed interface Way {
    /**
     * All that it takes is there.
     *
     * @param stream its name in JetStream
     */
    record Open(ConnectionSettings connection, String stream) implements Way {}

    /** Something is missing, or forbidden. */
    record Closed(Verdict verdict) implements Way {
        Closed(Reason reason, String message) {
            this(new Verdict(reason, message));
        }
    }

    /** Nothing is known yet. */
    record Pending() implements Way {}
}
