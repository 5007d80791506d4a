package io.jetwright.jetstream;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A connection, for those who want to know how it is. */
public interface Link {
    /** Whether it is up. */
    boolean isUp();

    /** Asks the server; takes a few seconds at most. */
    ServerFacts facts() throws JetStreamException;

    /** What last went wrong, even if the connection is well now; null for nothing. */
    @Nullable
    Trouble lastTrouble();

    /**
     * Something that went wrong.
     *
     * @param message for people; says what to do
     */
    record Trouble(String message, Instant at) {}
}
