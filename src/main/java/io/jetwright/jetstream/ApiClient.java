package io.jetwright.jetstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.plan.AssetName;
import io.jetwright.plan.AssetName.ConsumerName;
import io.jetwright.plan.AssetName.StreamName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sends requests of JetStream's API over a connection, and reads their answers. Calls block until the answer is there. */
final class ApiClient {
    private static final byte[] NO_BODY = new byte[0];
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final ConnectionSettings settings;
    private final JetStreamConnection connection;
    private final Requests requests;

    ApiClient(ConnectionSettings settings, JetStreamConnection connection, Requests requests) {
        this.settings = settings;
        this.connection = connection;
        this.requests = requests;
    }

    /**
     * Sends a request about an object, and counts it.
     *
     * @param verb the API's, such as {@code INFO}
     * @param body null for none
     * @return the answer, which is no error
     * @throws JetStreamException.NoStream if the stream of a consumer does not exist
     */
    JsonNode request(String verb, AssetName name, @Nullable JsonNode body) throws JetStreamException {
        return accepted(
                name, counted(name instanceof StreamName ? "stream" : "consumer", verb, path(verb, name), body));
    }

    /** Reads all streams, as many with a request as the server answers with: up to 256. */
    void listStreams(Consumer<Live> each) throws JetStreamException {
        list("stream", "STREAM.LIST", each);
    }

    /** As {@link #listStreams}, all consumers of a stream; none if the stream does not exist. */
    void listConsumers(StreamName stream, Consumer<Live> each) throws JetStreamException {
        try {
            list("consumer", "CONSUMER.LIST." + stream.name(), each);
        } catch (JetStreamException.Rejected e) {
            if (e.code() != ApiErrors.STREAM_NOT_FOUND) {
                throw e;
            }
        }
    }

    private void list(String object, String path, Consumer<Live> each) throws JetStreamException {
        int offset = 0;
        JsonNode answer;
        do {
            answer = accepted(counted(
                    object, "LIST", path, JsonNodeFactory.instance.objectNode().put("offset", offset)));
            JsonNode infos = answer.path(object + "s");
            if (infos.isEmpty()) {
                return;
            }
            infos.valueStream().map(Live::of).forEach(each);
            offset += infos.size();
        } while (offset < answer.path("total").asInt());
    }

    private JsonNode counted(String object, String verb, String path, @Nullable JsonNode body)
            throws JetStreamException {
        long started = System.nanoTime();
        String outcome = "failed";
        try {
            JsonNode answer = request(
                    settings.apiPrefix() + "." + path,
                    body == null ? NO_BODY : body.toString().getBytes(StandardCharsets.UTF_8));
            outcome = answer.has("error") ? "rejected" : "ok";
            return answer;
        } finally {
            requests.sent(object, verb.toLowerCase(Locale.ROOT), outcome, System.nanoTime() - started);
        }
    }

    /** The account's limits and usage ({@code INFO}). */
    JsonNode accountInfo() throws JetStreamException {
        return accepted(request(settings.apiPrefix() + ".INFO"));
    }

    /** Sends a request without a body to any subject; the answer may be an error. */
    JsonNode request(String subject) throws JetStreamException {
        return request(subject, NO_BODY);
    }

    private JsonNode request(String subject, byte[] body) throws JetStreamException {
        try {
            return JSON.readTree(connection.request(subject, body).getData());
        } catch (IOException e) {
            throw new JetStreamException.Unreachable(settings + " answered with something that is no JSON");
        }
    }

    private static String path(String verb, AssetName name) {
        return switch (name) {
            case StreamName stream -> "STREAM." + verb + "." + stream.name();
            case ConsumerName consumer -> "CONSUMER." + verb + "." + consumer.stream() + "." + consumer.name();
        };
    }

    private JsonNode accepted(AssetName name, JsonNode answer) throws JetStreamException {
        int code = answer.path("error").path("err_code").asInt();
        if (code == ApiErrors.STREAM_NOT_FOUND && name instanceof ConsumerName) {
            throw new JetStreamException.NoStream(
                    "stream %s does not exist in JetStream: create it, or correct the name".formatted(name.stream()));
        }
        return accepted(answer);
    }

    private JsonNode accepted(JsonNode answer) throws JetStreamException {
        JsonNode error = answer.get("error");
        if (error != null) {
            throw ApiErrors.of(error, settings);
        }
        return answer;
    }
}
