package io.jetwright.relay;

import com.fasterxml.jackson.databind.JsonNode;
import io.jetwright.jetstream.JetStreamException;
import io.jetwright.jetstream.NatsConnection;
import java.time.Duration;

/**
 * Which servers lead a consumer and the stream that captures its advisories. A server sends an advisory once, so those on their way
 * are lost with a leader that ends.
 */
final class Leaders {
    private static final Duration INTERVAL = Duration.ofSeconds(30);

    private final NatsConnection connection;
    private final LiveConsumer consumer;
    private final String captureStream;
    private String known = "";
    private boolean wasAway;
    private long next = System.nanoTime();

    Leaders(NatsConnection connection, LiveConsumer consumer, String captureStream) {
        this.connection = connection;
        this.consumer = consumer;
        this.captureStream = captureStream;
    }

    /** Nobody answered for the consumer: it has no leader, or is gone. */
    void isAway() {
        wasAway = true;
    }

    /**
     * Whether others lead, or nobody did for a while, since it was asked last. Asks JetStream at most every 30 seconds, and only in a
     * cluster: the connection to a single server is lost with it.
     */
    boolean haveChanged() throws JetStreamException {
        if (!consumer.isInCluster() || System.nanoTime() - next < 0) {
            return false;
        }
        String now = leader(LiveConsumer.info(connection, consumer.stream(), consumer.name()))
                + " "
                + leader(connection.api("STREAM.INFO." + captureStream, null));
        boolean haveChanged = wasAway || !(known.isEmpty() || known.equals(now));
        known = now;
        wasAway = false;
        next = System.nanoTime() + INTERVAL.toNanos();
        return haveChanged;
    }

    /** From nats-server 2.12 on with the time since when, which tells of one that leads again. */
    private static String leader(JsonNode info) {
        JsonNode cluster = info.path("cluster");
        return cluster.path("leader").asText() + "@"
                + cluster.path("leader_since").asText();
    }
}
