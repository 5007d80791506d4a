package io.jetwright.relay.redrive;

/** Where a dead letter's message is sent. */
sealed interface Destination {
    /** To this subject, which the stream stores. */
    record To(String subject, StreamFacts stream) implements Destination {}

    /**
     * Nowhere.
     *
     * @param message why, and what to do
     */
    record Refused(String message) implements Destination {}
}
