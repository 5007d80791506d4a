package io.jetwright.eventlogger;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The answer to a request.
 *
 * @param headers beside the content type, and those that all answers have
 * @param length of the body, in bytes
 */
record Answer(int status, String contentType, Map<String, String> headers, long length, Body body) {
    private static final String JSON = "application/json";

    /** Writes the body. */
    @FunctionalInterface
    interface Body {
        void to(OutputStream out) throws IOException;
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
     * The events as a JSON array. The header Last-Event-ID has the sequence of the last one; without events it is
     * missing.
     */
    static Answer events(List<Event> events) {
        long length = 2L + Math.max(0, events.size() - 1);
        for (Event event : events) {
            length += event.length();
        }
        Map<String, String> headers = events.isEmpty()
                ? Map.of()
                : Map.of("Last-Event-ID", String.valueOf(events.getLast().sequence()));
        return new Answer(200, JSON, headers, length, out -> {
            out.write('[');
            for (int i = 0; i < events.size(); i++) {
                if (i > 0) {
                    out.write(',');
                }
                events.get(i).writeJson(out);
            }
            out.write(']');
        });
    }

    /** The answer 304 with the same headers, for a client that already has this body. */
    Answer unchanged() {
        return of(304, contentType, headers, new byte[0]);
    }

    Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, contentType, more, length, body);
    }
}
