package io.jetwright.relay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jetwright.api.Times;
import io.jetwright.jetstream.JetStreamException;
import io.jetwright.jetstream.NatsConnection;
import io.jetwright.plan.Owner;
import io.jetwright.subject.SubjectPattern;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stream that captures JetStream's advisories of deaths.
 *
 * @param created since when it captures
 */
record CaptureStream(String name, Instant created) {
    /** What the relay calls the one that it makes. */
    static final String NAME = "JETWRIGHT_DEAD_LETTER_ADVISORIES";

    static final String MAX_DELIVERIES = "$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.";
    static final String TERMINATED = "$JS.EVENT.ADVISORY.CONSUMER.MSG_TERMINATED.";

    private static final Logger LOG = LoggerFactory.getLogger(CaptureStream.class);
    private static final int STREAM_NOT_FOUND = 10059;
    private static final int STREAM_EXISTS = 10058;
    private static final int SUBJECTS_OVERLAP = 10065;
    private static final List<String> SUBJECTS = List.of(MAX_DELIVERIES + ">", TERMINATED + ">");
    private static final Duration MAX_AGE = Duration.ofDays(7);
    private static final long MAX_MESSAGES = 1_000_000;

    /**
     * Finds the stream, or makes it.
     *
     * @param named the name of one that is there; empty for our own
     * @param owner names the installation, in the stream's metadata
     * @param replicas how many ours has at least
     */
    static CaptureStream ensure(NatsConnection connection, Optional<String> named, String owner, int replicas)
            throws JetStreamException, Obstacle {
        String name = named.orElse(NAME);
        Optional<JsonNode> info = find(connection, name);
        if (info.isEmpty()) {
            if (named.isPresent()) {
                throw new Obstacle(
                        "there is no stream %s, which spec.deadLetters.captureStream of the Connection names (CAPTURE_STREAM for NATS_URL): create it, or name none"
                                .formatted(name));
            }
            info = Optional.of(create(connection, owner, replicas));
        }
        JsonNode config = info.get().path("config");
        for (String needed : SUBJECTS) {
            if (!captures(config, needed)) {
                throw new Obstacle("the stream %s does not capture %s: add it to its subjects".formatted(name, needed));
            }
        }
        if (named.isEmpty() && config.path("num_replicas").asInt(1) < replicas) {
            widen(connection, config, replicas);
        }
        return new CaptureStream(name, Times.parse(info.get().path("created").asText()));
    }

    /** Advisories are kept on as many servers as letters; where that cannot be, on fewer. */
    private static void widen(NatsConnection connection, JsonNode config, int replicas) throws JetStreamException {
        ObjectNode wider = config.deepCopy();
        try {
            connection.api("STREAM.UPDATE." + NAME, wider.put("num_replicas", replicas));
        } catch (JetStreamException.Rejected e) {
            LOG.warn("The stream {} has fewer than {} replicas: {}", NAME, replicas, e.getMessage());
        }
    }

    private static boolean captures(JsonNode config, String needed) {
        for (JsonNode subject : config.path("subjects")) {
            if (SubjectPattern.covers(subject.asText(), needed)) {
                return true;
            }
        }
        return false;
    }

    private static Optional<JsonNode> find(NatsConnection connection, String name) throws JetStreamException {
        try {
            return Optional.of(connection.api("STREAM.INFO." + name, null));
        } catch (JetStreamException.Rejected e) {
            if (e.code() == STREAM_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static JsonNode create(NatsConnection connection, String owner, int replicas)
            throws JetStreamException, Obstacle {
        ObjectNode config = JsonNodeFactory.instance
                .objectNode()
                .put("name", NAME)
                .put(
                        "description",
                        "What consumers deliver no more, as JetStream says it; Jetwright makes dead letters of it")
                .put("retention", "limits")
                .put("storage", "file")
                .put("discard", "old")
                .put("max_age", MAX_AGE.toNanos())
                .put("max_msgs", MAX_MESSAGES)
                .put("num_replicas", replicas);
        SUBJECTS.forEach(config.putArray("subjects")::add);
        config.putObject("metadata").put(Owner.KEY, owner);
        try {
            return connection.api("STREAM.CREATE." + NAME, config);
        } catch (JetStreamException.Rejected e) {
            if (e.code() == STREAM_EXISTS) {
                return connection.api("STREAM.INFO." + NAME, null);
            }
            if (e.code() == SUBJECTS_OVERLAP) {
                throw new Obstacle(
                        "the stream %s captures the advisories of this account already, and only one can: name it in spec.deadLetters.captureStream of the Connection (CAPTURE_STREAM for NATS_URL), with the subjects %s"
                                .formatted(holder(connection), String.join(" and ", SUBJECTS)));
            }
            throw e;
        }
    }

    private static String holder(NatsConnection connection) throws JetStreamException {
        for (String subject : SUBJECTS) {
            JsonNode names = connection
                    .api("STREAM.NAMES", JsonNodeFactory.instance.objectNode().put("subject", subject))
                    .path("streams");
            if (!names.isEmpty()) {
                return names.get(0).asText();
            }
        }
        return "that has them";
    }
}
