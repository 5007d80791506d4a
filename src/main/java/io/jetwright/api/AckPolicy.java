package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How deliveries are acknowledged. */
public enum AckPolicy implements WireName {
    @JsonProperty("none")
    NONE("none"),
    @JsonProperty("all")
    ALL("all"),
    @JsonProperty("explicit")
    EXPLICIT("explicit"),
    @JsonProperty("flow_control")
    FLOW_CONTROL("flow_control");

    private final String wireName;

    AckPolicy(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
