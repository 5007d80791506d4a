package io.jetwright.eventlogger;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Writes answers as HTTP responses, with the headers that all responses have. */
final class AnswerWriter {
    /**
     * What every response has, whatever its content: it is what it says it is, no page of another origin embeds it, and if a
     * browser shows it as a page, nothing in it runs or loads.
     */
    private static final List<Header> SECURITY_HEADERS = List.of(
            header("X-Content-Type-Options", "nosniff"),
            header("Referrer-Policy", "no-referrer"),
            header("Cross-Origin-Resource-Policy", "same-origin"),
            header("X-Frame-Options", "DENY"),
            header(
                    "Content-Security-Policy",
                    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"));

    private AnswerWriter() {}

    /**
     * Writes an answer, and does what is to be done at its end, whether that succeeds or not.
     *
     * @param isHead whether the body is left out
     * @throws IOException if the client is gone
     */
    static void write(ServerResponse response, Answer answer, boolean isHead) throws IOException {
        try {
            send(response, answer, isHead);
        } finally {
            answer.end().run();
        }
    }

    private static void send(ServerResponse response, Answer answer, boolean isHead) throws IOException {
        response.status(answer.status());
        addSecurityHeaders(response.headers());
        response.header(HeaderNames.CONTENT_TYPE, answer.contentType());
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        answer.headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
        if (answer.status() == 304) {
            response.send();
            return;
        }
        if (answer.length() == Answer.UNKNOWN_LENGTH) {
            if (isHead) {
                response.send(new byte[0]);
                return;
            }
            // not closed after a failure: the client would take what it has for the whole
            OutputStream out = response.outputStream();
            answer.body().to(out);
            out.close();
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

    private static Header header(String name, String value) {
        return HeaderValues.createCached(name, value);
    }

    /** Adds the headers that every response has, whatever its content. */
    static void addSecurityHeaders(ServerResponseHeaders headers) {
        SECURITY_HEADERS.forEach(headers::set);
    }
}
