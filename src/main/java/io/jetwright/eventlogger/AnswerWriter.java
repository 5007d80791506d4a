package io.jetwright.eventlogger;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;

/** Writes answers as HTTP responses, with the headers that all responses have. */
final class AnswerWriter {
    private AnswerWriter() {}

    /**
     * Writes an answer.
     *
     * @param isHead whether the body is left out
     * @throws IOException if the client is gone
     */
    static void write(ServerResponse response, Answer answer, boolean isHead) throws IOException {
        response.status(answer.status());
        addSecurityHeaders(response);
        response.header(HeaderNames.CONTENT_TYPE, answer.contentType());
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        answer.headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
        if (answer.status() == 304) {
            response.send();
            return;
        }
        response.header(HeaderNames.CONTENT_LENGTH, String.valueOf(answer.length()));
        if (isHead || answer.length() == 0) {
            response.send(new byte[0]);
            return;
        }
        try (OutputStream out = response.outputStream()) {
            answer.body().to(out);
        }
    }

    /** Adds the headers that every response has, whatever its content. */
    static void addSecurityHeaders(ServerResponse response) {
        response.header(HeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff");
        response.header(HeaderNames.create("Referrer-Policy"), "no-referrer");
    }
}
