package io.jetwright.jetstream;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The state of a connection, and what is at its other end. */
public interface ConnectionHealth {
    /** Whether the connection is up. Never waits for the server. */
    boolean isUp();

    /** Whether the outcome of the first attempt to connect is not known yet; then the listener will be told of it. */
    boolean isConnecting();

    /**
     * Asks the server for its facts. Blocks for a few seconds at most.
     *
     * @throws JetStreamException if the connection is down, or the server does not answer or refuses
     */
    ServerFacts facts() throws JetStreamException;

    /** What last went wrong, even if the connection has come back since; null if nothing ever did. */
    @Nullable
    Trouble lastTrouble();

    /**
     * Something that went wrong.
     *
     * @param message for people; says what to do
     * @param at when it went wrong
     */
    record Trouble(String message, Instant at) {}
}
