package io.jetwright.nats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.nats.client.NKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The credentials that a client connects with. */
public sealed interface Credentials {
    /** None. The servers' URLs may still have user and password, or a token. */
    record None() implements Credentials {}

    /** A file as nsc writes it, read at each attempt to connect; see {@link #ofFile}. */
    record File(Path path) implements Credentials {}

    /**
     * An nkey, with or without a JWT.
     *
     * @param jwt null if the server knows the public key itself
     * @param seed the private key
     */
    record Nkey(@Nullable Sensitive jwt, Sensitive seed) implements Credentials {
        /** When the JWT expires; empty if it has no expiry, or there is no JWT. */
        public Optional<Instant> expiry() {
            return jwt == null ? Optional.empty() : Credentials.expiry(jwt.reveal());
        }
    }

    /** User and password. */
    record User(Sensitive name, Sensitive password) implements Credentials {}

    /** A token. */
    record Token(Sensitive token) implements Credentials {}

    /** A section of a credentials file. The first section is the JWT, the second one the seed. */
    Pattern SECTION = Pattern.compile("-{3,}BEGIN [^-]+-{3,}\\s*([^\\s-][^\\s]*)\\s*-{3,}END [^-]+-{3,}");

    /**
     * Parses the text of a credentials file.
     *
     * @throws IllegalArgumentException if the JWT or the seed is missing or not valid; the message says which, and quotes
     *     nothing
     */
    static Nkey ofFile(String text) {
        Matcher sections = SECTION.matcher(text);
        if (!sections.find()) {
            throw new IllegalArgumentException("it holds no user's JWT");
        }
        String jwt = sections.group(1);
        if (!sections.find()) {
            throw new IllegalArgumentException("it holds no seed");
        }
        return ofJwt(jwt, sections.group(1));
    }

    /**
     * A user's JWT and seed. White space around them is removed. The signature is not verified.
     *
     * @throws IllegalArgumentException if one of them is not a user's; the message says which, and quotes nothing
     */
    static Nkey ofJwt(String jwt, String seed) {
        JsonNode claims = claims(jwt);
        if (!claims.path("nats").isObject()) {
            throw new IllegalArgumentException("it holds no user's JWT");
        }
        return new Nkey(new Sensitive(jwt.strip()), seed(seed));
    }

    /**
     * A user's seed. White space around it is removed.
     *
     * @throws IllegalArgumentException if it is not a user's; the message does not quote it
     */
    static Nkey ofSeed(String seed) {
        return new Nkey(null, seed(seed));
    }

    private static Sensitive seed(String text) {
        String seed = text.strip();
        NKey key;
        try {
            key = NKey.fromSeed(seed.toCharArray());
        } catch (RuntimeException e) {
            // without the cause, which may quote the seed
            throw new IllegalArgumentException("it holds no user's seed, which begins with SU");
        }
        boolean isOfUser = key.getType() == NKey.Type.USER;
        key.clear();
        if (!isOfUser) {
            throw new IllegalArgumentException("its seed is not that of a user, which begins with SU");
        }
        return new Sensitive(seed);
    }

    private static Optional<Instant> expiry(String jwt) {
        long seconds = claims(jwt).path("exp").asLong();
        return seconds == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(seconds));
    }

    private static JsonNode claims(String jwt) {
        String[] parts = jwt.strip().split("[.]", -1);
        try {
            if (parts.length == 3) {
                return JsonMapper.builder()
                        .build()
                        .readTree(Base64.getUrlDecoder().decode(parts[1]));
            }
        } catch (IOException | IllegalArgumentException e) {
            // refused below, without the text, which is secret
        }
        throw new IllegalArgumentException("it holds no user's JWT");
    }
}
