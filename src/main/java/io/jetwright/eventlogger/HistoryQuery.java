package io.jetwright.eventlogger;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which part of the stream a client looks at.
 *
 * @param sequence where; 0 if a time says it, or nothing
 * @param time where; null if a sequence says it, or nothing
 * @param isOlder true for what is before that place, false for what is at and after it
 * @param limit how many events at most
 * @param subject only events whose subject matches this pattern; null for all
 * @param name only events whose name matches this pattern; null for all
 * @param headers only events that match all of these
 * @param isLines whether the answer is JSON lines
 * @param epoch of the stream when the client has looked before; null if it does not say
 */
record HistoryQuery(
        long sequence,
        @Nullable Instant time,
        boolean isOlder,
        int limit,
        @Nullable String subject,
        @Nullable String name,
        List<HeaderFilter> headers,
        boolean isLines,
        @Nullable StreamEpoch epoch) {
    static final int MAX_LIMIT = 200;
    static final int MAX_LINES = 10_000;
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_HEADERS = 10;

    /**
     * Reads the query of a request.
     *
     * @throws Problem if a parameter is wrong
     */
    static HistoryQuery of(QueryParameters parameters) {
        Optional<String> at = parameters.first("at").filter(text -> !text.isEmpty());
        boolean isSequence = at.filter(EventQuery::isNumber).isPresent();
        boolean isLines = parameters.first("format").map(HistoryQuery::isLines).orElse(false);
        List<String> headers = parameters.all("header");
        if (headers.size() > MAX_HEADERS) {
            throw Problem.badRequest("header is given more than " + MAX_HEADERS + " times; leave some of them out");
        }
        return new HistoryQuery(
                isSequence ? Math.max(1, Long.parseLong(at.orElseThrow())) : 0,
                isSequence ? null : at.map(HistoryQuery::time).orElse(null),
                parameters.first("direction").map(HistoryQuery::isOlder).orElse(at.isEmpty()),
                parameters
                        .first("limit")
                        .map(text -> limit(text, isLines ? MAX_LINES : MAX_LIMIT))
                        .orElse(isLines ? MAX_LINES : DEFAULT_LIMIT),
                parameters
                        .first("subject")
                        .map(text -> pattern("subject", text))
                        .orElse(null),
                parameters.first("name").map(text -> pattern("name", text)).orElse(null),
                headers.stream().map(HeaderFilter::parse).toList(),
                isLines,
                parameters.first("epoch").map(StreamEpoch::parse).orElse(null));
    }

    /** Whether the query says where to look. */
    boolean hasPlace() {
        return sequence > 0 || time != null;
    }

    private static boolean isLines(String text) {
        return switch (text) {
            case "json" -> false;
            case "jsonl" -> true;
            default -> throw Problem.badRequest("format is neither json nor jsonl");
        };
    }

    private static boolean isOlder(String text) {
        return switch (text) {
            case "older" -> true;
            case "newer" -> false;
            default -> throw Problem.badRequest("direction is neither older nor newer");
        };
    }

    private static int limit(String text, int most) {
        if (!EventQuery.isNumber(text) || Long.parseLong(text) < 1 || Long.parseLong(text) > most) {
            throw Problem.badRequest("limit is no number from 1 to " + most);
        }
        return Integer.parseInt(text);
    }

    private static String pattern(String parameter, String text) {
        String fault = Subjects.patternFault(text);
        if (fault != null) {
            throw Problem.badRequest(parameter + " " + fault + "; expected such as user.* or user.>");
        }
        return text;
    }

    private static Instant time(String text) {
        try {
            // a plus sign that was not percent-encoded has become a space
            return OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
        } catch (DateTimeParseException e) {
            throw Problem.badRequest(
                    "at is neither a time nor a sequence of the stream; expected such as 2026-02-13T08:19:35Z or 42");
        }
    }
}
