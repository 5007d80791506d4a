package io.jetwright.relay.redrive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nats.client.Connection;
import io.nats.client.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Requests to JetStream over one connection. */
final class Requests {
    static final ObjectMapper JSON = JsonMapper.builder().build();

    /** How long an answer may take. */
    static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Connection connection;
    private final String prefix;

    /**
     * Requests.
     *
     * @param prefix what the subjects of JetStream's API begin with, without a dot at its end
     */
    Requests(Connection connection, String prefix) {
        this.connection = connection;
        this.prefix = prefix;
    }

    Connection connection() {
        return connection;
    }

    /** The subject of a request such as {@code STREAM.INFO.ORDERS}. */
    String subject(String request) {
        return prefix + "." + request;
    }

    /**
     * Asks, and waits for the answer.
     *
     * @throws ApiRefusal if JetStream refuses
     * @throws IOException if no answer comes
     */
    JsonNode ask(String request, JsonNode body) throws IOException, InterruptedException {
        String subject = subject(request);
        return answer(subject, send(subject, body));
    }

    /** Asks without a body, and waits for the answer. */
    JsonNode ask(String request) throws IOException, InterruptedException {
        return ask(request, JSON.createObjectNode());
    }

    /** Asks. */
    CompletableFuture<Message> send(String subject, JsonNode body) {
        return connection.requestWithTimeout(subject, body.toString().getBytes(StandardCharsets.UTF_8), TIMEOUT);
    }

    /** Publishes; the answer is JetStream's confirmation. */
    CompletableFuture<Message> publish(Message message) {
        return connection.requestWithTimeout(message, TIMEOUT);
    }

    /**
     * Waits for an answer.
     *
     * @param subject that of the request
     */
    static JsonNode answer(String subject, CompletableFuture<Message> answer) throws IOException, InterruptedException {
        try {
            return read(subject, answer.get());
        } catch (ExecutionException | java.util.concurrent.CancellationException e) {
            throw noAnswer(subject, e);
        }
    }

    static IOException noAnswer(String subject, Throwable cause) {
        return new IOException(
                "there is no answer to %s: see whether JetStream runs, and whether the relay's user may publish to that subject and subscribe to _INBOX.>"
                        .formatted(subject),
                cause);
    }

    /** What an answer says. */
    static JsonNode read(String subject, Message answer) throws IOException {
        JsonNode json = JSON.readTree(answer.getData());
        JsonNode error = json.path("error");
        if (error.isObject()) {
            throw new ApiRefusal(
                    subject,
                    error.path("err_code").asInt(),
                    error.path("description").asText());
        }
        return json;
    }

    static ObjectNode body() {
        return JSON.createObjectNode();
    }
}
