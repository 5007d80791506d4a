package io.jetwright.eventlogger;

import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may publish.
 *
 * @param isAllowed false: nobody
 * @param token a file with the bearer token that is demanded; empty: none is demanded
 */
record PublishAccess(boolean isAllowed, Optional<Path> token) {
    /** Why nobody may publish. */
    static final String READ_ONLY = "this event logger is read-only: it shows events, and publishes none";

    private static final String SCHEME = "bearer ";

    /**
     * Refuses a request that has no right to publish. The file is read for each request, so that a token that is changed
     * holds at once.
     *
     * @throws Problem if it is refused
     */
    void check(Headers headers) {
        if (!isAllowed) {
            throw Problem.of(403, "Forbidden", READ_ONLY);
        }
        if (token.isPresent() && !isSame(read(token.get()), headers.first(HeaderNames.AUTHORIZATION))) {
            throw Problem.unauthorized(headers.contains(HeaderNames.AUTHORIZATION));
        }
    }

    private static String read(Path file) {
        try {
            return token(Files.readString(file));
        } catch (IOException | IllegalArgumentException e) {
            log().warn("PUBLISH_TOKEN_FILE: {} cannot be used, and nothing is published: {}", file, reason(e));
            throw Problem.unavailable(
                    "the token that publishing takes cannot be read; see the log of the event logger");
        }
    }

    /** Not in a field, which would have a logger made while the settings are read, before they say what is logged. */
    private static Logger log() {
        return LoggerFactory.getLogger(PublishAccess.class);
    }

    private static @Nullable String reason(Exception failure) {
        return failure instanceof IOException ? "it cannot be read" : failure.getMessage();
    }

    /**
     * Refuses a file without a token.
     *
     * @throws IllegalArgumentException that says what is wrong; the message quotes nothing of it
     */
    static void requireToken(Path file) {
        try {
            token(Files.readString(file));
        } catch (IOException e) {
            throw new IllegalArgumentException("the file " + file + " cannot be read", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the file " + file + " cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * The token in a file.
     *
     * @throws IllegalArgumentException if it is empty, or cannot be sent as a header; the message quotes nothing of it
     */
    static String token(String content) {
        String token = content.strip();
        if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException(
                    "it holds no token; expected one line of printable ASCII without spaces");
        }
        return token;
    }

    /** Compares in a time that does not depend on how much of the token is right. */
    private static boolean isSame(String token, Optional<String> authorization) {
        String given = authorization.orElse("");
        boolean isBearer = given.toLowerCase(Locale.ROOT).startsWith(SCHEME);
        String credentials = isBearer ? given.substring(SCHEME.length()).strip() : "";
        return MessageDigest.isEqual(digest(token), digest(credentials)) && isBearer;
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
