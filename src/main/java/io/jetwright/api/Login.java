package io.jetwright.api;

import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Credentials for NATS from Secrets: of one kind, or none. */
public interface Login {
    /** A credentials file; null for none. */
    @Nullable
    CredsSecret creds();

    /** The seed of a user's nkey; null for none. */
    @Nullable
    NkeySecret nkey();

    /** A user's JWT and seed; null for none. */
    @Nullable
    JwtSecret jwt();

    /** User and password; null for none. */
    @Nullable
    UserSecret user();

    /** A token; null for none. */
    @Nullable
    TokenSecret token();

    /** The Secrets that the credentials are in; none where there are no credentials. */
    default Stream<SecretReference> loginSecrets() {
        CredsSecret creds = creds();
        NkeySecret nkey = nkey();
        JwtSecret jwt = jwt();
        UserSecret user = user();
        TokenSecret token = token();
        return Stream.of(
                        creds == null ? null : creds.secret(),
                        nkey == null ? null : nkey.secret(),
                        jwt == null ? null : jwt.secret(),
                        user == null ? null : user.secret(),
                        token == null ? null : token.secret())
                .filter(Objects::nonNull);
    }
}
