package io.jetwright.jetstream;

import com.fasterxml.jackson.databind.JsonNode;
import io.jetwright.nats.ConnectionSettings;

/** The errors that JetStream's API answers with, by the codes ({@code err_code}) of nats-server's {@code errors.json}. */
final class ApiErrors {
    static final int CONSUMER_NAME_IN_USE = 10013;
    static final int CONSUMER_NOT_FOUND = 10014;
    static final int STREAM_CREATE_FAILED = 10049;
    static final int STREAM_INVALID = 10052;
    static final int STREAM_EXISTS = 10058;
    static final int STREAM_NOT_FOUND = 10059;
    static final int CONSUMER_EXISTS = 10148;

    private ApiErrors() {}

    /**
     * The failure that an error comes to.
     *
     * @param error the answer's {@code error}
     */
    static JetStreamException of(JsonNode error, ConnectionSettings settings) {
        int code = error.path("err_code").asInt();
        String text = error.path("description").asText();
        ErrorMeaning meaning = isCycle(code, text)
                ? ErrorMeaning.BLOCKED_BY_OBJECT
                : ApiErrorTable.of(code, error.path("code").asInt());
        String words = "%s (%d)".formatted(text, code);
        Cure cure = ApiErrorCures.of(code, text);
        return switch (meaning) {
            case DISABLED -> new JetStreamException.Disabled(settings + ": " + words, cure);
            case UNAVAILABLE -> new JetStreamException.Unavailable(settings + ": " + words, cure);
            case OFFLINE -> new JetStreamException.Offline(settings + ": " + words, cure);
            case BLOCKED_BY_OBJECT, BLOCKED_BY_CLIENT, INTERNAL, FINAL ->
                new JetStreamException.Rejected(code, meaning, "JetStream refused: " + words, cure);
        };
    }

    /** Streams that are each other's sources; the server has no code for them. */
    private static boolean isCycle(int code, String text) {
        return code == STREAM_INVALID && text.endsWith("detected cycle");
    }
}
