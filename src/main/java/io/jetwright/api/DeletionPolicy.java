package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of the JetStream object when its resource is deleted. */
public enum DeletionPolicy {
    /** The default: it is deleted with the resource. */
    @JsonProperty("Delete")
    DELETE,
    /** It stays, with everything in it. */
    @JsonProperty("Retain")
    RETAIN,
    /** The resource stays until the object is empty; its status says that it waits. */
    @JsonProperty("DeleteIfEmpty")
    DELETE_IF_EMPTY
}
