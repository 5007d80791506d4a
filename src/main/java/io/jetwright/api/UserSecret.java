package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A Secret that holds user and password; the default keys are those of the type {@code kubernetes.io/basic-auth}. */
public record UserSecret(
        @JsonPropertyDescription("The Secret, in the Connection's namespace.") @Required
        SecretReference secret,

        @JsonPropertyDescription("The key that holds the user's name. Default: username.")
        @Pattern(Limits.SECRET_KEY)
        @Size(max = 253)
        @Nullable
        String user,

        @JsonPropertyDescription("The key that holds the password. Default: password.")
        @Pattern(Limits.SECRET_KEY)
        @Size(max = 253)
        @Nullable
        String password) {
    /** The key of {@code user}, or its default. */
    public String userKey() {
        return Objects.requireNonNullElse(user, "username");
    }

    /** The key of {@code password}, or its default. */
    public String passwordKey() {
        return Objects.requireNonNullElse(password, "password");
    }
}
