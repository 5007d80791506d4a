package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** When a file store writes to disk (server 2.12). */
public enum PersistMode implements WireName {
    @JsonProperty("default")
    DEFAULT("default"),
    @JsonProperty("async")
    ASYNC("async");

    private final String wireName;

    PersistMode(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
