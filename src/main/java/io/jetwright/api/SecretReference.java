package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A Secret in the same namespace. */
public record SecretReference(
        @JsonPropertyDescription("The name of the Secret.") @Required @Size(min = 1, max = 253)
        String name) {}
