package io.jetwright.eventlogger;

import java.io.Serial;
import java.util.Map;

/** Why a request is refused, as problem details (RFC 9457). The detail says what is wrong and what to do. */
final class Problem extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    /** After how many seconds a client may repeat a request that was answered with 503. */
    static final int RETRY_AFTER = 2;

    private final int status;
    private final String title;
    private final transient Map<String, Object> members;
    private final transient Map<String, String> headers;

    private Problem(int status, String title, String detail, Map<String, Object> members, Map<String, String> headers) {
        super(detail, null, false, false);
        this.status = status;
        this.title = title;
        this.members = members;
        this.headers = headers;
    }

    static Problem of(int status, String title, String detail) {
        return new Problem(status, title, detail, Map.of(), Map.of());
    }

    static Problem badRequest(String detail) {
        return of(400, "Bad Request", detail);
    }

    /**
     * For a body without a recognizable end. The connection is closed, since the next request cannot be found either.
     */
    static Problem unreadable() {
        return new Problem(
                400,
                "Bad Request",
                "the body is not sent as its Content-Length or Transfer-Encoding says",
                Map.of(),
                Map.of("Connection", "close"));
    }

    /**
     * For a request without the bearer token, or with another one.
     *
     * @param isGiven whether the request has credentials
     */
    static Problem unauthorized(boolean isGiven) {
        return new Problem(
                401,
                "Unauthorized",
                isGiven
                        ? "the token is not the one that publishing takes"
                        : "publishing takes a token: send it as Authorization: Bearer <token>",
                Map.of(),
                Map.of(
                        "WWW-Authenticate",
                        "Bearer realm=\"event-logger\"" + (isGiven ? ", error=\"invalid_token\"" : "")));
    }

    /** For a body that is not said to be JSON. */
    static Problem unsupportedMediaType() {
        return new Problem(
                415,
                "Unsupported Media Type",
                "the body has to be JSON, and to be sent with Content-Type: application/json",
                Map.of(),
                Map.of("Accept", "application/json"));
    }

    /**
     * @param hint where there is something
     */
    static Problem notFound(String path, String hint) {
        return of(404, "Not Found", "there is nothing at " + path + "; " + hint);
    }

    /**
     * @param allowed the methods that are possible, separated by commas
     */
    static Problem notAllowed(String method, String allowed) {
        return new Problem(
                405,
                "Method Not Allowed",
                method + " is not possible here; possible: " + allowed,
                Map.of(),
                Map.of("Allow", allowed));
    }

    /**
     * @param limit the largest event, in bytes
     */
    static Problem tooLarge(long limit) {
        return new Problem(
                413,
                "Content Too Large",
                "the event is larger than the " + limit + " bytes that the stream takes",
                Map.of("limit", limit),
                Map.of());
    }

    static Problem unavailable(String detail) {
        return new Problem(
                503, "Service Unavailable", detail, Map.of(), Map.of("Retry-After", String.valueOf(RETRY_AFTER)));
    }

    /** The HTTP status code. */
    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }

    /** The body: application/problem+json. */
    byte[] json() {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("type", "about:blank");
            json.writeStringField("title", title);
            json.writeNumberField("status", status);
            json.writeStringField("detail", getMessage());
            for (Map.Entry<String, Object> member : members.entrySet()) {
                json.writePOJOField(member.getKey(), member.getValue());
            }
            json.writeEndObject();
        });
    }
}
