package io.jetwright.relay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jetwright.api.Times;
import io.jetwright.jetstream.JetStreamException;
import io.jetwright.jetstream.NatsConnection;
import io.jetwright.plan.Owner;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.OptionalLong;

/**
 * The durable consumer of a Consumer's advisories, which all replicas of the relay share. What it has acknowledged is dealt with.
 *
 * @param stream the stream that captures advisories
 * @param created what died before may have been dealt with by a consumer before this one
 */
record AdvisoryConsumer(String stream, String name, Instant created) {
    /** After this time without an acknowledgement an advisory is delivered again. */
    static final Duration ACK_WAIT = Duration.ofSeconds(30);

    /** Longer than advisories are kept; without the relay for so long, all that are there are looked at again. */
    private static final Duration INACTIVE = Duration.ofDays(8);

    /** More than are ever dealt with at a time, since those wait here, too, that could not be. */
    private static final int MAX_ACK_PENDING = 20_000;

    private static final int CONSUMER_NOT_FOUND = 10014;

    /** Finds the consumer, or makes it. */
    static AdvisoryConsumer ensure(
            NatsConnection connection, CaptureStream capture, Assignment assignment, String installation)
            throws JetStreamException {
        String name = name(assignment, installation);
        String path = capture.name() + "." + name;
        JsonNode info;
        try {
            info = connection.api("CONSUMER.INFO." + path, null);
        } catch (JetStreamException.Rejected e) {
            if (e.code() != CONSUMER_NOT_FOUND) {
                throw e;
            }
            info = connection.api("CONSUMER.CREATE." + path, request(capture, assignment, installation, name));
        }
        return new AdvisoryConsumer(
                capture.name(), name, Times.parse(info.path("created").asText()));
    }

    private static ObjectNode request(CaptureStream capture, Assignment assignment, String installation, String name) {
        ObjectNode request = JsonNodeFactory.instance.objectNode().put("stream_name", capture.name());
        request.put("action", "create");
        ObjectNode config = request.putObject("config")
                .put("durable_name", name)
                .put("description", "Dead letters of the Consumer " + assignment.resource())
                .put("deliver_policy", "by_start_time")
                .put("opt_start_time", assignment.created().toString())
                .put("ack_policy", "explicit")
                .put("ack_wait", ACK_WAIT.toNanos())
                .put("max_deliver", -1)
                .put("max_ack_pending", MAX_ACK_PENDING)
                .put("inactive_threshold", INACTIVE.toNanos());
        String consumer = assignment.stream() + "." + assignment.consumer();
        config.putArray("filter_subjects")
                .add(CaptureStream.MAX_DELIVERIES + consumer)
                .add(CaptureStream.TERMINATED + consumer);
        config.putObject("metadata").put(Owner.KEY, installation);
        return request;
    }

    /** The same for all replicas, and another one for each installation and resource. */
    static String name(Assignment assignment, String installation) {
        String what = String.join(
                " ",
                installation,
                assignment.connection(),
                assignment.resource(),
                assignment.stream(),
                assignment.consumer());
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(what.getBytes(StandardCharsets.UTF_8));
            return "jetwright-" + HexFormat.of().formatHex(digest, 0, 10);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The sequence up to which all advisories of a consumer are dealt with; empty if none was ever captured for it. */
    static OptionalLong floor(NatsConnection connection, Assignment assignment, String installation)
            throws JetStreamException {
        String path = assignment.captureStream().orElse(CaptureStream.NAME) + "." + name(assignment, installation);
        try {
            JsonNode info = connection.api("CONSUMER.INFO." + path, null);
            return OptionalLong.of(info.path("ack_floor").path("stream_seq").asLong());
        } catch (JetStreamException.Rejected e) {
            if (e.code() == CONSUMER_NOT_FOUND) {
                return OptionalLong.empty();
            }
            throw e;
        }
    }

    /** How many advisories are not dealt with. */
    long waiting(NatsConnection connection) throws JetStreamException {
        JsonNode info = connection.api("CONSUMER.INFO." + stream + "." + name, null);
        return info.path("num_pending").asLong() + info.path("num_ack_pending").asLong();
    }
}
