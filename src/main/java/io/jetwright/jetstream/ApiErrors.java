package io.jetwright.jetstream;

import com.fasterxml.jackson.databind.JsonNode;
import io.jetwright.nats.ConnectionSettings;

/** The errors that JetStream's API answers with, by the codes ({@code err_code}) of nats-server's {@code errors.json}. */
final class ApiErrors {
    static final int CONSUMER_NAME_IN_USE = 10013;
    static final int CONSUMER_NOT_FOUND = 10014;
    static final int STREAM_CREATE_FAILED = 10049;
    static final int STREAM_EXISTS = 10058;
    static final int STREAM_NOT_FOUND = 10059;
    static final int CONSUMER_EXISTS = 10148;

    private ApiErrors() {}

    /**
     * The failure that an error comes to: JetStream is off, it cannot answer for now, or it refuses.
     *
     * @param error the answer's {@code error}
     */
    static JetStreamException of(JsonNode error, ConnectionSettings settings) {
        int code = error.path("err_code").asInt();
        String text = error.path("description").asText();
        return switch (code) {
            case 10039, 10076 ->
                new JetStreamException.Disabled("%s: %s (%d). Enable JetStream in the server and for the account"
                        .formatted(settings, text, code));
            case 10008, 10004, 10009, 10077 ->
                new JetStreamException.Unreachable("%s: %s (%d)".formatted(settings, text, code));
            default -> {
                String cure = Cures.of(code);
                yield new JetStreamException.Rejected(
                        code, "JetStream refused: %s (%d)%s".formatted(text, code, cure.isEmpty() ? "" : ". " + cure));
            }
        };
    }
}
