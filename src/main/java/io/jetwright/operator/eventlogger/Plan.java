package io.jetwright.operator.eventlogger;

import io.jetwright.status.Reason;

/** What an event logger's pods are to be made of, as far as it can be told. */
sealed interface Plan {
    /**
     * All of it is known.
     *
     * @param stream its name in JetStream
     */
    record Complete(String stream, String image, PodAccess access) implements Plan {}

    /**
     * Something is missing, or forbidden.
     *
     * @param message says what, and what to do
     */
    record Blocked(Reason reason, String message) implements Plan {}

    /** A Secret is being read, and nothing is known yet. */
    record Pending() implements Plan {}
}
