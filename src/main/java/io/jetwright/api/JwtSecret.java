package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A Secret that holds a user's JWT and the seed of its nkey under two keys. */
public record JwtSecret(
        @JsonPropertyDescription("The Secret, in the Connection's namespace.") @Required
        SecretReference secret,

        @JsonPropertyDescription("The key that holds the JWT. Default: jwt.")
        @Pattern(Limits.SECRET_KEY)
        @Size(max = 253)
        @Nullable
        String jwt,

        @JsonPropertyDescription("The key that holds the seed (SU...). Default: seed.")
        @Pattern(Limits.SECRET_KEY)
        @Size(max = 253)
        @Nullable
        String seed) {
    /** The key of {@code jwt}, or its default. */
    public String jwtKey() {
        return Objects.requireNonNullElse(jwt, "jwt");
    }

    /** The key of {@code seed}, or its default. */
    public String seedKey() {
        return Objects.requireNonNullElse(seed, "seed");
    }
}
