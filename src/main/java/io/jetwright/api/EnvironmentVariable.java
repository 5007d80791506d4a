package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import org.jspecify.annotations.Nullable;

/** An environment variable of a container, as in a pod's own specification. */
@ValidationRule(
        value = "!has(self.value) || !has(self.valueFrom)",
        message = "value and valueFrom exclude each other: choose one")
public record EnvironmentVariable(
        @JsonPropertyDescription("Its name.") @Required @Pattern(Limits.VARIABLE) @Size(min = 1, max = 253)
        String name,

        @JsonPropertyDescription("Its value.") @Size(max = 32_768) @Nullable
        String value,

        @JsonPropertyDescription("Where its value is found, such as a key of a Secret.") @Nullable
        EnvVarSource valueFrom) {}
