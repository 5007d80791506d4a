package io.jetwright.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Points in time as specs write them: RFC 3339, such as {@code 2026-01-31T12:00:00Z}. */
public final class Times {
    /** What a time looks like; also the schema's rule for it. */
    public static final String PATTERN =
            "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})$";

    private Times() {}

    /**
     * Reads a time.
     *
     * @throws IllegalArgumentException if the text is none; the message says what a time looks like
     */
    public static Instant parse(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + text + "' is not a time such as 2026-01-31T12:00:00Z", e);
        }
    }
}
