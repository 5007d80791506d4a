package io.jetwright.operator;

import io.jetwright.jetstream.ConnectionSettings;
import io.jetwright.plan.AssetName;

/** What a resource refers to, as far as it can be told. */
sealed interface Target {
    /** The JetStream object, and the way to it. */
    record Resolved(ConnectionSettings connection, AssetName name) implements Target {}

    /**
     * Something that the resource refers to is not there.
     *
     * @param message says what, and what to do
     */
    record Missing(String message) implements Target {}

    /** Something that the resource refers to is on its way, and not worth a report yet. */
    record Coming() implements Target {}
}
