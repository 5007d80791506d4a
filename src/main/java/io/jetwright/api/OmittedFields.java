package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of the settings that a spec omits, and that the resource never set. */
public enum OmittedFields {
    /** The default: they stay as they are, whoever has set them. */
    @JsonProperty("Keep")
    KEEP,
    /** They are compared with the server's defaults, and repaired like the fields that the spec names. */
    @JsonProperty("Reset")
    RESET
}
