package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A Secret that holds a credentials file, as {@code nsc} writes it. */
public record CredsSecret(
        @JsonPropertyDescription("The Secret, in the Connection's namespace.") @Required
        SecretReference secret,

        @JsonPropertyDescription("The key that holds the file. Default: user.creds.")
        @Pattern(Limits.SECRET_KEY)
        @Size(max = 253)
        @Nullable
        String file) {
    /** The key of {@code file}, or its default. */
    public String fileKey() {
        return Objects.requireNonNullElse(file, "user.creds");
    }
}
