package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where in the stream a consumer starts. */
public enum DeliverPolicy implements WireName {
    @JsonProperty("all")
    ALL("all"),
    @JsonProperty("last")
    LAST("last"),
    @JsonProperty("new")
    NEW("new"),
    @JsonProperty("byStartSequence")
    BY_START_SEQUENCE("by_start_sequence"),
    @JsonProperty("byStartTime")
    BY_START_TIME("by_start_time"),
    @JsonProperty("lastPerSubject")
    LAST_PER_SUBJECT("last_per_subject");

    private final String wireName;

    DeliverPolicy(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
