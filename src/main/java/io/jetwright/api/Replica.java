package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** A follower: a server that keeps a copy, and is not the leader. */
public record Replica(
        @JsonPropertyDescription("The server's name.") String name,

        @JsonPropertyDescription("Whether it was seen lately and has caught up.")
        boolean current,

        @JsonPropertyDescription("Whether it was not seen lately.")
        boolean offline,

        @Measurement @JsonPropertyDescription("How many operations it is behind.")
        long lag,

        @JsonPropertyDescription("It is to keep a copy, and does not take part yet. Omitted if it does. Server 2.15.")
        @Nullable
        Boolean pending) {
    /** A follower that takes part. */
    public Replica(String name, boolean current, boolean offline, long lag) {
        this(name, current, offline, lag, null);
    }
}
