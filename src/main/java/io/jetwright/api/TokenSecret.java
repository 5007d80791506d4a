package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A Secret that holds a token. */
public record TokenSecret(
        @JsonPropertyDescription("The Secret, in the Connection's namespace.") @Required
        SecretReference secret,

        @JsonPropertyDescription("The key that holds the token. Default: token.")
        @Pattern(Limits.SECRET_KEY)
        @Size(max = 253)
        @Nullable
        String token) {
    /** The key of {@code token}, or its default. */
    public String tokenKey() {
        return Objects.requireNonNullElse(token, "token");
    }
}
