package io.jetwright.jetstream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jetwright.nats.ConnectionSettings;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A connection over which messages go, beside requests to JetStream's API. It is made again whenever it is lost. Calls block
 * until the answer is there, for a few seconds at most; while there is no connection, they fail at once with the reason. Safe for
 * use by several threads.
 */
public final class NatsConnection implements Pool.Member {
    private static final byte[] NO_BODY = new byte[0];

    /** Its buffers are pooled: each virtual thread would have some of its own. */
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .recyclerPool(JsonRecyclerPools.sharedBoundedPool())
                    .build())
            .build();

    private final ConnectionSettings settings;
    private final JetStreamConnection connection;
    private final Requests requests;

    /** Begins to connect, and returns at once. */
    NatsConnection(ConnectionSettings settings, ConnectionListener listener, Requests requests, Network network) {
        this.settings = settings;
        this.requests = requests;
        this.connection = new JetStreamConnection(settings, listener, network, Pause.NONE, fresh -> {});
    }

    /** What it is made from. */
    public ConnectionSettings settings() {
        return settings;
    }

    /**
     * The jnats connection, which is up.
     *
     * @throws JetStreamException if it is down: the reason
     */
    public Connection connection() throws JetStreamException {
        return connection.connection();
    }

    /**
     * Sends a request to JetStream's API.
     *
     * @param path the subject behind the API's prefix, such as {@code STREAM.INFO.orders}
     * @param body null for none
     * @return the answer, which is no error
     * @throws JetStreamException.Rejected if it is an error that is about what was asked for
     */
    public JsonNode api(String path, @Nullable JsonNode body) throws JetStreamException {
        String[] parts = path.toLowerCase(Locale.ROOT).split("[.]", 4);
        String verb = parts[1].equals("msg") ? "msg." + parts[2] : parts[1];
        byte[] bytes = body == null ? NO_BODY : body.toString().getBytes(StandardCharsets.UTF_8);
        return accepted(parts[0], verb, settings.apiPrefix() + "." + path, null, bytes);
    }

    private JsonNode accepted(String object, String verb, String subject, @Nullable Headers headers, byte[] body)
            throws JetStreamException {
        long started = System.nanoTime();
        String outcome = "failed";
        try {
            JsonNode answer = json(connection.request(subject, headers, body));
            JsonNode error = answer.get("error");
            outcome = error == null ? "ok" : "rejected";
            if (error != null) {
                throw ApiErrors.of(error, settings);
            }
            return answer;
        } finally {
            requests.sent(object, verb, outcome, System.nanoTime() - started);
        }
    }

    private JsonNode json(Message answer) throws JetStreamException {
        try {
            return JSON.readTree(answer.getData());
        } catch (IOException e) {
            throw new JetStreamException.Unreachable(settings + " answered with something that is no JSON");
        }
    }

    /**
     * Publishes a message to a stream.
     *
     * @return JetStream's confirmation
     * @throws JetStreamException.Disabled if nobody responds: no stream has the subject
     * @throws JetStreamException.Rejected if the stream does not take it
     */
    public JsonNode publish(String subject, Headers headers, byte[] payload) throws JetStreamException {
        return accepted("message", "publish", subject, headers, payload);
    }

    /**
     * Sends a request to any subject. A server's status is an answer.
     *
     * @param object what the request is about, for metrics
     * @param verb what it does, for metrics
     * @param headers null for none
     * @throws JetStreamException.Disabled if nobody listens to the subject
     */
    public Message request(String object, String verb, String subject, @Nullable Headers headers, byte[] body)
            throws JetStreamException {
        long started = System.nanoTime();
        String outcome = "failed";
        try {
            Message answer = connection.request(subject, headers, body);
            outcome = "ok";
            return answer;
        } finally {
            requests.sent(object, verb, outcome, System.nanoTime() - started);
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
