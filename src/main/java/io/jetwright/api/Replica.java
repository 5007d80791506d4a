package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A follower: a server that keeps a copy, and is not the leader. */
public record Replica(
        @JsonPropertyDescription("The server's name.") String name,

        @JsonPropertyDescription("Whether it was seen lately and has caught up.")
        boolean current,

        @JsonPropertyDescription("Whether it was not seen lately.")
        boolean offline,

        @JsonPropertyDescription("How many operations it is behind.")
        long lag) {}
