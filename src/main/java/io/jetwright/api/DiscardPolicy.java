package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a full stream drops: its oldest messages, or the new one. */
public enum DiscardPolicy implements WireName {
    @JsonProperty("old")
    OLD("old"),
    @JsonProperty("new")
    NEW("new");

    private final String wireName;

    DiscardPolicy(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
