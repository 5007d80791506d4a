package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** When a container's image is pulled. */
public enum ImagePullPolicy implements WireName {
    @JsonProperty("Always")
    ALWAYS("Always"),
    @JsonProperty("IfNotPresent")
    IF_NOT_PRESENT("IfNotPresent"),
    @JsonProperty("Never")
    NEVER("Never");

    private final String wireName;

    ImagePullPolicy(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
