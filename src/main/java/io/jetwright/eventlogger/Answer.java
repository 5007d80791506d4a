package io.jetwright.eventlogger;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request.
 *
 * @param headers beside the content type, and those that all answers have
 * @param length of the body, in bytes; {@link #UNKNOWN_LENGTH} if it is written as it comes
 * @param end called once the answer was written, or its client has gone
 */
record Answer(int status, String contentType, Map<String, String> headers, long length, Body body, Runnable end) {
    static final long UNKNOWN_LENGTH = -1;

    private static final String JSON = "application/json";

    /** Writes the body. */
    @FunctionalInterface
    interface Body {
        void to(OutputStream out) throws IOException;
    }

    Answer(int status, String contentType, Map<String, String> headers, long length, Body body) {
        this(status, contentType, headers, length, body, () -> {});
    }

    static Answer of(int status, String contentType, Map<String, String> headers, byte[] body) {
        return new Answer(status, contentType, headers, body.length, out -> out.write(body));
    }

    static Answer json(byte[] body) {
        return of(200, JSON, Map.of(), body);
    }

    static Answer text(String contentType, String text) {
        return of(200, contentType, Map.of(), text.getBytes(StandardCharsets.UTF_8));
    }

    static Answer problem(Problem problem) {
        return of(problem.status(), "application/problem+json", problem.headers(), problem.json());
    }

    /**
     * The events of the log's history that match the query, as a JSON array. The header Last-Event-ID has the id of the last
     * one; without events it is missing. The events are taken from the log while the client takes the answer. If the log
     * has to drop one before, the answer ends too early.
     */
    static Answer events(EventLog log, EventQuery query) {
        EventLog.History history = log.history(query);
        EventId last = history.last();
        return new Answer(
                200,
                JSON,
                last == null ? Map.of() : Map.of("Last-Event-ID", last.toString()),
                2L + Math.max(0, history.count() - 1) + history.length(),
                out -> write(out, log, query, history));
    }

    private static void write(OutputStream out, EventLog log, EventQuery query, EventLog.History history)
            throws IOException {
        var writer = new EventWriter(out, new Deadline());
        byte[] separator = {'['};
        for (long each = history.start(); each < history.end(); each++) {
            long position = each;
            if (isWanted(log.at(position), query)) {
                writer.write(separator);
                writer.write(() -> log.at(position), EventWriter.Part.JSON);
                separator = new byte[] {','};
            }
        }
        writer.write(history.count() == 0 ? new byte[] {'[', ']'} : new byte[] {']'});
        writer.flush();
    }

    private static boolean isWanted(@Nullable Event event, EventQuery query) {
        return event == null || query.matches(event);
    }

    /** The answer 304 with the same headers, for a client that already has this body. */
    Answer unchanged() {
        return of(304, contentType, headers, new byte[0]);
    }

    Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, contentType, more, length, body, end);
    }

    /** The same answer, after which something has to be done. */
    Answer onEnd(Runnable action) {
        return new Answer(status, contentType, headers, length, body, action);
    }
}
