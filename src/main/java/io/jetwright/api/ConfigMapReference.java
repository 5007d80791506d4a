package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A ConfigMap of the same namespace. */
public record ConfigMapReference(
        @JsonPropertyDescription("Its name.") @Required @Size(min = 1, max = 253)
        String name) {}
