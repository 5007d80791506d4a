package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Certificates for TLS, by their keys in a Secret; the default keys are those of the type {@code kubernetes.io/tls}. */
@ValidationRule(
        value = "has(self.secret) || !(has(self.ca) || has(self.cert) || has(self.key))",
        message = "ca, cert and key are keys in tls.secret: name it")
@ValidationRule(
        value = "has(self.cert) == has(self.key)",
        message = "a client certificate needs its key: set tls.cert and tls.key, or neither")
public record TlsSecret(
        @JsonPropertyDescription("A Secret in the Connection's namespace that holds certificates. Omitted: the server's"
                + " is checked against the authorities that Java trusts, and none of our own is shown.")
        @Nullable
        SecretReference secret,

        @JsonPropertyDescription("The key that holds the certificates of the authorities to trust, in PEM. Default:"
                + " ca.crt, if it is there.")
        @Pattern(Limits.SECRET_KEY)
        @Size(max = 253)
        @Nullable
        String ca,

        @JsonPropertyDescription("The key that holds the client certificate, in PEM. Default: tls.crt, if it is there.")
        @Pattern(Limits.SECRET_KEY)
        @Size(max = 253)
        @Nullable
        String cert,

        @JsonPropertyDescription(
                "The key that holds the client certificate's key, in PEM. Default: tls.key, if it is" + " there.")
        @Pattern(Limits.SECRET_KEY)
        @Size(max = 253)
        @Nullable
        String key) {
    /** The key of {@code ca}, or its default. */
    public String caKey() {
        return Objects.requireNonNullElse(ca, "ca.crt");
    }

    /** The key of {@code cert}, or its default. */
    public String certKey() {
        return Objects.requireNonNullElse(cert, "tls.crt");
    }

    /** The key of {@code key}, or its default. */
    public String keyKey() {
        return Objects.requireNonNullElse(key, "tls.key");
    }
}
