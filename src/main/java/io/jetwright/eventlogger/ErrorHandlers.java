package io.jetwright.eventlogger;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpException;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests that Helidon refuses, and requests that fail, with problem details. */
final class ErrorHandlers {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorHandlers.class);

    private ErrorHandlers() {}

    /** For requests that Helidon refuses before routing. */
    static DirectHandlers direct() {
        var handlers = DirectHandlers.builder();
        for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
            handlers.addHandler(type, ErrorHandlers::refuse);
        }
        return handlers.build();
    }

    private static DirectHandler.TransportResponse refuse(
            DirectHandler.TransportRequest request,
            DirectHandler.EventType type,
            Status status,
            ServerResponseHeaders headers,
            String message) {
        Problem problem = refusal(status.code(), message);
        AnswerWriter.addSecurityHeaders(headers);
        return DirectHandler.TransportResponse.builder()
                .status(Status.create(problem.status()))
                .headers(headers)
                .header(HeaderNames.CONTENT_TYPE, "application/problem+json")
                .header(HeaderNames.CACHE_CONTROL, "no-store")
                .entity(problem.json())
                .build();
    }

    /**
     * The answer to a request that Helidon refuses before routing. Helidon reports a request that it cannot parse as
     * an error of the server; to the client it is a bad request.
     */
    static Problem refusal(int status, @Nullable String message) {
        return status >= 500 ? Problem.badRequest("the request is not of HTTP/1.1") : problem(status, message);
    }

    /** For whatever is thrown after routing. */
    static void handle(ServerRequest request, ServerResponse response, Throwable failure) {
        String method = request.prologue().method().text();
        try {
            AnswerWriter.write(response, Answer.problem(problem(method, failure)), method.equals("HEAD"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The problem details of a failure. An unexpected failure is logged, and the client is not told what it is. */
    static Problem problem(String method, Throwable failure) {
        return switch (failure) {
            case Problem problem -> problem;
            case HttpException refused -> problem(refused.status().code(), refused.getMessage());
            default -> {
                LOG.error("{} failed", method, failure);
                yield problem(500, null);
            }
        };
    }

    private static Problem problem(int status, @Nullable String message) {
        String reasonPhrase = Status.create(status).reasonPhrase();
        return Problem.of(
                status,
                reasonPhrase.isEmpty() ? "Error" : reasonPhrase,
                status >= 500 || message == null ? "the request cannot be answered" : message);
    }
}
