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

/** Who one is to NATS. */
public sealed interface Credentials {
    /** Nobody in particular; user and password, or a token, may stand in the servers' URLs. */
    record None() implements Credentials {}

    /** A credentials file, read at each attempt to connect. */
    record File(Path path) implements Credentials {}

    /**
     * An nkey, with or without a JWT.
     *
     * @param jwt null where the server knows the key itself
     * @param seed the private half
     */
    record Nkey(@Nullable Sensitive jwt, Sensitive seed) implements Credentials {
        /** When the JWT expires; empty if it never does, or there is none. */
        public Optional<Instant> expiry() {
            return jwt == null ? Optional.empty() : Credentials.expiry(jwt.reveal());
        }
    }

    /** User and password. */
    record User(Sensitive name, Sensitive password) implements Credentials {}

    /** A token. */
    record Token(Sensitive token) implements Credentials {}

    /** What a credentials file has between its lines of dashes; the first is the JWT, the second the seed. */
    Pattern SECTION = Pattern.compile("-{3,}BEGIN [^-]+-{3,}\\s*([^\\s-][^\\s]*)\\s*-{3,}END [^-]+-{3,}");

    /**
     * Reads a credentials file.
     *
     * @throws IllegalArgumentException if the text is none; the message says what is missing, and quotes nothing
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
     * A user's JWT and seed.
     *
     * @throws IllegalArgumentException if one of them is none; the message quotes nothing
     */
    static Nkey ofJwt(String jwt, String seed) {
        JsonNode claims = claims(jwt);
        if (!claims.path("nats").isObject()) {
            throw new IllegalArgumentException("it holds no user's JWT");
        }
        return new Nkey(new Sensitive(jwt.strip()), seed(seed));
    }

    /**
     * A user's nkey.
     *
     * @throws IllegalArgumentException if the text is no seed; the message does not quote it
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
