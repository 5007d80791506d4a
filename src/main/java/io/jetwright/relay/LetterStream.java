package io.jetwright.relay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jetwright.jetstream.JetStreamException;
import io.jetwright.jetstream.NatsConnection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A stream of dead letters, which all its consumers share. Safe for use by several threads. */
final class LetterStream {
    private static final int STREAM_NOT_FOUND = 10059;
    private static final int NO_MESSAGE = 10037;
    private static final Duration FRESH = Duration.ofSeconds(9);
    private static final Duration INACTIVE = Duration.ofSeconds(10);

    private final NatsConnection connection;
    private final String name;
    private final LetterStore store;
    private @Nullable Info info;
    private long read;

    /**
     * What JetStream says of the stream.
     *
     * @param state changes whenever a letter comes or goes
     * @param config the stream's configuration
     */
    record Info(String state, JsonNode config) {
        /** In bytes; -1 for no limit. */
        long maxMessageSize() {
            return config.path("max_msg_size").asLong(-1);
        }

        int replicas() {
            return config.path("num_replicas").asInt(1);
        }
    }

    /**
     * How many letters there are.
     *
     * @param oldest when the oldest one was stored; null for none
     */
    record Count(long stored, @Nullable String oldest) {}

    LetterStream(NatsConnection connection, String name) {
        this.connection = connection;
        this.name = name;
        this.store = new LetterStore(connection, name);
    }

    LetterStore store() {
        return store;
    }

    /** How many bytes a letter may have, with its headers. */
    long limit() throws JetStreamException, Obstacle {
        long largest = connection.connection().getServerInfo().getMaxPayload();
        long largestHere = info().maxMessageSize();
        return largestHere > 0 ? Math.min(largest, largestHere) : largest;
    }

    /** As it was a few seconds ago. */
    synchronized Info info() throws JetStreamException, Obstacle {
        Info known = info;
        if (known != null && System.nanoTime() - read < FRESH.toNanos()) {
            return known;
        }
        info = null;
        Info fresh = ask();
        info = fresh;
        read = System.nanoTime();
        return fresh;
    }

    /** What is known is asked for anew. */
    synchronized void forget() {
        info = null;
    }

    private Info ask() throws JetStreamException, Obstacle {
        try {
            JsonNode answer = connection.api("STREAM.INFO." + name, null);
            JsonNode state = answer.path("state");
            return new Info(
                    "%s %s %s"
                            .formatted(
                                    state.path("messages").asText(),
                                    state.path("first_seq").asText(),
                                    state.path("last_seq").asText()),
                    answer.path("config"));
        } catch (JetStreamException.Rejected e) {
            if (e.code() == STREAM_NOT_FOUND) {
                throw new Obstacle(
                        "there is no stream %s in JetStream: create it, or correct spec.deadLetter".formatted(name));
            }
            throw e;
        }
    }

    /** Counts the letters whose subjects match these patterns, without reading them. */
    Count count(List<String> patterns) throws JetStreamException {
        ObjectNode request = JsonNodeFactory.instance.objectNode().put("stream_name", name);
        String consumer = "jetwright-count-" + UUID.randomUUID();
        ObjectNode config = request.putObject("config")
                .put("name", consumer)
                .put("deliver_policy", "all")
                .put("ack_policy", "none")
                .put("headers_only", true)
                .put("mem_storage", true)
                .put("num_replicas", 1)
                .put("inactive_threshold", INACTIVE.toNanos());
        patterns.forEach(config.putArray("filter_subjects")::add);
        long stored = connection
                .api("CONSUMER.CREATE.%s.%s".formatted(name, consumer), request)
                .path("num_pending")
                .asLong();
        return new Count(stored, stored == 0 ? null : oldest(patterns).orElse(null));
    }

    private Optional<String> oldest(List<String> patterns) throws JetStreamException {
        String oldest = null;
        long first = Long.MAX_VALUE;
        for (String pattern : patterns) {
            try {
                JsonNode message = connection
                        .api(
                                "STREAM.MSG.GET." + name,
                                JsonNodeFactory.instance
                                        .objectNode()
                                        .put("seq", 1)
                                        .put("next_by_subj", pattern))
                        .path("message");
                if (message.path("seq").asLong() < first) {
                    first = message.path("seq").asLong();
                    oldest = message.path("time").asText();
                }
            } catch (JetStreamException.Rejected e) {
                if (e.code() != NO_MESSAGE) {
                    throw e;
                }
            }
        }
        return Optional.ofNullable(oldest);
    }
}
