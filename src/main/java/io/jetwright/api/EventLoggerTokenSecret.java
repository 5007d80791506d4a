package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A Secret with a bearer token. */
public record EventLoggerTokenSecret(
        @JsonPropertyDescription(
                "The name of the Secret, in the same namespace. Without it the pods do not start. A token that changes is taken"
                        + " over within a minute or so, without new pods.")
        @Required
        @Size(min = 1, max = 253)
        String name,

        @JsonPropertyDescription("The key that holds the token. Default: token.")
        @Pattern(Limits.SECRET_KEY)
        @Size(min = 1, max = 253)
        @Nullable
        String key) {
    /** The key of {@code key}, or its default. */
    public String tokenKey() {
        return Objects.requireNonNullElse(key, "token");
    }
}
