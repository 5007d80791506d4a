package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What happens when a change needs a new JetStream object, since the server refuses to update the old one. */
public enum RecreatePolicy {
    /** The default: the change is refused and the object stays as it is. */
    @JsonProperty("Never")
    NEVER,
    /** The object is deleted and created anew if nothing is in it. */
    @JsonProperty("IfEmpty")
    IF_EMPTY,
    /** The object is deleted and created anew, with the loss of everything in it. */
    @JsonProperty("Always")
    ALWAYS
}
