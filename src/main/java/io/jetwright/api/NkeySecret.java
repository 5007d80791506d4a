package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A Secret that holds the seed of a user's nkey. */
public record NkeySecret(
        @JsonPropertyDescription("The Secret, in the Connection's namespace.") @Required
        SecretReference secret,

        @JsonPropertyDescription("The key that holds the seed (SU...). Default: seed.")
        @Pattern(Limits.SECRET_KEY)
        @Size(max = 253)
        @Nullable
        String seed) {
    /** The key of {@code seed}, or its default. */
    public String seedKey() {
        return Objects.requireNonNullElse(seed, "seed");
    }
}
