package io.jetwright.relay;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jetwright.jetstream.JetStreamException;
import io.jetwright.jetstream.NatsConnection;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Subscription;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;

/**
 * Tries whether all that the relay lives on comes through a domain, or through an API that an account imports: acknowledgements,
 * advisories, and several answers to one request. A consumer of its own is told that a message is terminated which never was, and
 * JetStream says so in advisories, which that consumer delivers.
 */
final class AdvisoryTrial {
    private static final int ADVISORIES = 2;
    private static final int ROUNDS = 3;
    private static final Duration EXPIRY = Duration.ofMillis(1500);
    private static final Duration INACTIVE = Duration.ofSeconds(10);

    private final NatsConnection connection;
    private final CaptureStream capture;
    private final String consumer = "jetwright-trial-" + UUID.randomUUID();

    private AdvisoryTrial(NatsConnection connection, CaptureStream capture) {
        this.connection = connection;
        this.capture = capture;
    }

    /**
     * Runs the trial, for some seconds at most.
     *
     * @throws Obstacle if something does not come through
     */
    static void run(NatsConnection connection, CaptureStream capture)
            throws JetStreamException, Obstacle, InterruptedException {
        new AdvisoryTrial(connection, capture).run();
    }

    private void run() throws JetStreamException, Obstacle, InterruptedException {
        String path = "%s.%s".formatted(capture.name(), consumer);
        connection.api("CONSUMER.CREATE." + path, request());
        int most = 0;
        // a consumer in a cluster may be there before all servers know where its acknowledgements go
        for (int i = 0; i < ROUNDS && most < ADVISORIES; i++) {
            most = Math.max(most, round());
        }
        connection.api("CONSUMER.DELETE." + path, null);
        String prefix = connection.settings().apiPrefix();
        if (most == 0) {
            throw new Obstacle(
                    "no advisory of JetStream comes through %s (domain or apiPrefix of the Connection), as a trial has shown: have the account import $JS.ACK.> as well, or use a Connection to the account of the stream itself"
                            .formatted(prefix));
        }
        if (most < ADVISORIES) {
            throw new Obstacle(
                    "of several answers to one request through %s (apiPrefix of the Connection) only the first comes, as a trial has shown: have the account of the stream export $JS.API.> with response_type: stream, or use a Connection to that account itself"
                            .formatted(prefix));
        }
    }

    private ObjectNode request() {
        ObjectNode request = JsonNodeFactory.instance.objectNode().put("stream_name", capture.name());
        request.putObject("config")
                .put("name", consumer)
                .put("deliver_policy", "all")
                .put("ack_policy", "explicit")
                .put("filter_subject", CaptureStream.TERMINATED + capture.name() + "." + consumer)
                .put("mem_storage", true)
                .put("num_replicas", 1)
                .put("inactive_threshold", INACTIVE.toNanos());
        return request;
    }

    /** Returns how many advisories have come. */
    private int round() throws JetStreamException, InterruptedException {
        Connection over = connection.connection();
        Subscription answers = over.subscribe(over.createInbox());
        try {
            for (int i = 0; i < ADVISORIES; i++) {
                over.publish(
                        "$JS.ACK.%s.%s.1.0.0.0.0".formatted(capture.name(), consumer),
                        "+TERM".getBytes(StandardCharsets.US_ASCII));
            }
            over.publish(
                    "%s.CONSUMER.MSG.NEXT.%s.%s".formatted(connection.settings().apiPrefix(), capture.name(), consumer),
                    answers.getSubject(),
                    "{\"batch\":%d,\"expires\":%d}"
                            .formatted(ADVISORIES, EXPIRY.toNanos())
                            .getBytes(StandardCharsets.US_ASCII));
            int received = 0;
            while (received < ADVISORIES) {
                Message message = answers.nextMessage(EXPIRY.plusMillis(500));
                if (message == null || message.isStatusMessage()) {
                    return received;
                }
                // a consumer that waits for an acknowledgement is not inactive
                over.publish(message.getReplyTo(), "+ACK".getBytes(StandardCharsets.US_ASCII));
                received++;
            }
            return received;
        } catch (IllegalStateException e) {
            // the connection is lost: its reason, unless it is there again
            connection.connection();
            return 0;
        } finally {
            unsubscribe(answers);
        }
    }

    private static void unsubscribe(Subscription subscription) {
        try {
            subscription.unsubscribe();
        } catch (IllegalStateException e) {
            // its connection is closed
        }
    }
}
