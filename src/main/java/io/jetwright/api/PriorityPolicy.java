package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How the pull requests of a priority group are served (server 2.11, ADR-42). */
public enum PriorityPolicy implements WireName {
    @JsonProperty("none")
    NONE("none"),
    @JsonProperty("overflow")
    OVERFLOW("overflow"),
    @JsonProperty("pinned_client")
    PINNED_CLIENT("pinned_client"),
    @JsonProperty("prioritized")
    PRIORITIZED("prioritized");

    private final String wireName;

    PriorityPolicy(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
