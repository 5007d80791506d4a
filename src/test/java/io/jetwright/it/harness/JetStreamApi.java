package io.jetwright.it.harness;

import static io.jetwright.it.harness.Eventually.eventually;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.nats.client.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/** JetStream's own API in its own JSON: what the server has, and changes behind the operator's back. */
public final class JetStreamApi {
    private static final String PREFIX = "$JS.API.";
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT, SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private final NatsServer nats;

    public JetStreamApi(NatsServer nats) {
        this.nats = nats;
    }

    /** The answer to a request; fails if it is an error. */
    public JsonNode ask(String request, Object body) {
        JsonNode answer = tryAsk(request, body);
        if (answer.has("error")) {
            throw new AssertionError(request + ": " + answer.get("error"));
        }
        return answer;
    }

    private JsonNode tryAsk(String request, Object body) {
        try {
            byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
            Message answer = nats.connection().request(PREFIX + request, bytes, PATIENCE);
            if (answer == null) {
                throw new AssertionError("no answer to " + request);
            }
            return JSON.readTree(answer.getData());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public JsonNode stream(String name) {
        return ask("STREAM.INFO." + name, "");
    }

    public JsonNode consumer(String stream, String name) {
        return ask("CONSUMER.INFO." + stream + "." + name, "");
    }

    public boolean hasStream(String name) {
        return !tryAsk("STREAM.INFO." + name, "").has("error");
    }

    public boolean hasConsumer(String stream, String name) {
        return !tryAsk("CONSUMER.INFO." + stream + "." + name, "").has("error");
    }

    /** The stream's configuration, but for what the server and Jetwright note in its metadata. */
    public String streamConfig(String name) {
        return config(stream(name));
    }

    /** The consumer's configuration, but for what the server and Jetwright note in its metadata. */
    public String consumerConfig(String stream, String name) {
        return config(consumer(stream, name));
    }

    private static String config(JsonNode info) {
        ObjectNode config = info.get("config").deepCopy();
        if (config.get("metadata") instanceof ObjectNode metadata) {
            metadata.properties()
                    .removeIf(entry -> entry.getKey().startsWith("_nats.")
                            || entry.getKey().startsWith("jetwright.io/"));
            if (metadata.isEmpty()) {
                config.remove("metadata");
            }
        }
        return text(config);
    }

    /** YAML as {@link #streamConfig} and {@link #consumerConfig} write a configuration; later layers win, null removes. */
    static String config(String... layers) {
        var config = JSON.createObjectNode();
        for (String layer : layers) {
            config.setAll(yaml(layer));
        }
        config.properties().removeIf(field -> field.getValue().isNull());
        return text(config);
    }

    private static ObjectNode yaml(String text) {
        return Serialization.unmarshal("---\n" + text, ObjectNode.class);
    }

    private static String text(JsonNode json) {
        try {
            return JSON.writeValueAsString(JSON.convertValue(json, Map.class));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void createConsumer(String stream, String yaml) {
        ObjectNode config = yaml(yaml);
        ObjectNode request = JSON.createObjectNode().put("stream_name", stream);
        request.set("config", config);
        ask("CONSUMER.CREATE.%s.%s".formatted(stream, config.get("durable_name").textValue()), request);
    }

    /** Right after the last stream of an account was deleted, nats-server may need to be asked again. */
    public void createStream(String yaml) {
        JsonNode config = yaml(yaml);
        eventually(() -> ask("STREAM.CREATE." + config.get("name").textValue(), config));
    }

    public void changeStream(String name, Consumer<ObjectNode> change) {
        ObjectNode config = stream(name).get("config").deepCopy();
        change.accept(config);
        ask("STREAM.UPDATE." + name, config);
    }

    public void changeConsumer(String stream, String name, Consumer<ObjectNode> change) {
        ObjectNode request = JSON.createObjectNode().put("stream_name", stream).put("action", "update");
        ObjectNode config = consumer(stream, name).get("config").deepCopy();
        change.accept(config);
        request.set("config", config);
        ask("CONSUMER.CREATE." + stream + "." + name, request);
    }

    public void deleteStream(String name) {
        ask("STREAM.DELETE." + name, "");
    }

    public void deleteConsumer(String stream, String name) {
        ask("CONSUMER.DELETE." + stream + "." + name, "");
    }

    public void purge(String stream) {
        ask("STREAM.PURGE." + stream, "");
    }

    /** Sends a pull request, and waits for the first answer, whatever it is. */
    public void pull(String stream, String consumer, String request) throws InterruptedException {
        nats.connection()
                .request(
                        PREFIX + "CONSUMER.MSG.NEXT." + stream + "." + consumer,
                        request.getBytes(StandardCharsets.UTF_8),
                        PATIENCE);
    }

    /** Publishes this many messages, and waits until they are stored. */
    public void publish(String subject, int messages) {
        try {
            for (int i = 0; i < messages; i++) {
                nats.connection().jetStream().publish(subject, ("message " + i).getBytes(StandardCharsets.UTF_8));
            }
        } catch (Exception e) {
            throw new AssertionError("cannot publish to " + subject, e);
        }
    }
}
