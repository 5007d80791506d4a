package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether Jetwright writes to JetStream for a resource. */
public enum ManagementPolicy {
    /** The default: JetStream is made to agree with the spec. */
    @JsonProperty("Manage")
    MANAGE,
    /** Nothing is ever written; Ready only while JetStream agrees, with the drift in the status. */
    @JsonProperty("Observe")
    OBSERVE
}
