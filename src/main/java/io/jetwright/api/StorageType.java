package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where messages are kept. */
public enum StorageType implements WireName {
    @JsonProperty("file")
    FILE("file"),
    @JsonProperty("memory")
    MEMORY("memory");

    private final String wireName;

    StorageType(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
