package io.jetwright.eventlogger;

import io.jetwright.subject.SubjectPattern;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which events a client wants.
 *
 * @param limit only the newest ones, at most this many; null for no limit
 * @param name only events whose name matches this pattern, with the wildcards of NATS; null for all
 * @param firstSequence only events from this sequence of the stream on; 0 for all
 * @param firstTime only events from this time on; null for all
 */
record EventQuery(
        @Nullable Integer limit,
        @Nullable String name,
        long firstSequence,
        @Nullable Instant firstTime) {
    private static final int MAX_DIGITS = 18;

    /**
     * Reads the query of a request.
     *
     * @param since a sequence or a time of RFC 3339
     * @throws Problem if a parameter is wrong
     */
    static EventQuery of(Optional<String> limit, Optional<String> name, Optional<String> since) {
        boolean isSequence = since.filter(EventQuery::isNumber).isPresent();
        return new EventQuery(
                limit.map(EventQuery::limit).orElse(null),
                name.map(EventQuery::pattern).orElse(null),
                isSequence ? Long.parseLong(since.orElseThrow()) : 0,
                isSequence ? null : since.map(EventQuery::time).orElse(null));
    }

    /** Whether the text is a decimal number that fits into a long: digits only. */
    static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() <= MAX_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static int limit(String text) {
        if (!isNumber(text)) {
            throw Problem.badRequest("limit is no number; expected such as 20");
        }
        return (int) Math.min(Long.parseLong(text), Integer.MAX_VALUE);
    }

    private static String pattern(String text) {
        String fault = Subjects.patternFault(text);
        if (fault != null) {
            throw Problem.badRequest("name " + fault + "; expected such as deploy, user.* or user.>");
        }
        return text;
    }

    private static Instant time(String text) {
        try {
            // a plus sign that was not percent-encoded has become a space
            return OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
        } catch (DateTimeParseException e) {
            throw Problem.badRequest("since is neither a time nor a sequence of the stream; expected such as"
                    + " 2026-02-13T08:19:35Z or 42");
        }
    }

    /** Whether the event is one that the client wants, apart from the limit. */
    boolean matches(Event event) {
        return event.sequence() >= firstSequence
                && (firstTime == null || !event.timestamp().isBefore(firstTime))
                && isNamed(event);
    }

    /** Whether the name is one that the client wants. */
    boolean isNamed(Event event) {
        return name == null || SubjectPattern.matches(name, event.name());
    }
}
