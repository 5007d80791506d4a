package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why JetStream delivers a message no more. */
public enum DeadLetterReason implements WireName {
    /** It was delivered as often as {@code maxDeliver} allows, and not acknowledged. */
    @JsonProperty("MaxDeliveries")
    MAX_DELIVERIES("MaxDeliveries"),
    /** A client has terminated it ({@code +TERM}). */
    @JsonProperty("Terminated")
    TERMINATED("Terminated");

    private final String wireName;

    DeadLetterReason(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
