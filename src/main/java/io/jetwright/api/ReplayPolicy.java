package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** At which pace stored messages are delivered. */
public enum ReplayPolicy implements WireName {
    @JsonProperty("instant")
    INSTANT("instant"),
    @JsonProperty("original")
    ORIGINAL("original");

    private final String wireName;

    ReplayPolicy(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
