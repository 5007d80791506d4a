package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A Stream resource in the same namespace. */
public record StreamReference(
        @JsonPropertyDescription("The name of the Stream resource (not of the stream in JetStream).")
        @Required
        @Size(min = 1, max = 253)
        String name) {}
