package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a file store is compressed. */
public enum CompressionOption implements WireName {
    @JsonProperty("none")
    NONE("none"),
    @JsonProperty("s2")
    S2("s2");

    private final String wireName;

    CompressionOption(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
