package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A setting that JetStream has beyond the spec: it differs from the server's default, and this resource never set it. */
public record Unmanaged(
        @JsonPropertyDescription("The field, as the spec would name it; a key of the metadata as metadata.KEY.")
        String field,

        @JsonPropertyDescription("What JetStream has.") String value) {}
