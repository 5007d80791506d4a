package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** When messages leave a stream: at its limits, when every consumer has them, or when one worker has acknowledged them. */
public enum RetentionPolicy implements WireName {
    @JsonProperty("limits")
    LIMITS("limits"),
    @JsonProperty("interest")
    INTEREST("interest"),
    @JsonProperty("workqueue")
    WORKQUEUE("workqueue");

    private final String wireName;

    RetentionPolicy(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
