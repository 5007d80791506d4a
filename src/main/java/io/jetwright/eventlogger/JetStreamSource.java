package io.jetwright.eventlogger;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.DeliverPolicy;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Reads by consumers that live only as long as something is read. They are pull consumers, whose messages come also from
 * JetStream of another account or domain.
 *
 * @param subjects of the messages; empty for all
 * @param largest a message that is larger than this, in bytes, comes without its payload
 */
record JetStreamSource(Connection connection, EventLoggerSettings settings, List<String> subjects, int largest)
        implements MessageSource {
    /** The server deletes the consumer after this time without requests, should this process not come to it. */
    private static final Duration INACTIVE_THRESHOLD = Duration.ofSeconds(30);

    @Override
    public long count(long sequence) throws IOException, JetStreamApiException {
        ConsumerInfo counting = create(StreamCursor.from(sequence));
        delete(counting);
        return counting.getNumPending();
    }

    @Override
    public long sequenceAt(Instant time) throws IOException, JetStreamApiException {
        ConsumerInfo at = create(ConsumerConfiguration.builder()
                .deliverPolicy(DeliverPolicy.ByStartTime)
                .startTime(time.atZone(ZoneOffset.UTC)));
        delete(at);
        return at.getDelivered().getStreamSequence() + 1;
    }

    @Override
    public Messages from(long sequence, boolean isHeadersOnly) throws IOException, JetStreamApiException {
        return new PulledWindow(this, sequence, isHeadersOnly);
    }

    ConsumerInfo create(ConsumerConfiguration.Builder start) throws IOException, JetStreamApiException {
        return management()
                .createConsumer(
                        settings.stream(),
                        start.ackPolicy(AckPolicy.None)
                                .filterSubjects(subjects)
                                .memStorage(true)
                                .numReplicas(1)
                                .inactiveThreshold(INACTIVE_THRESHOLD)
                                .build());
    }

    void delete(ConsumerInfo consumer) {
        try {
            management().deleteConsumer(settings.stream(), consumer.getName());
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            // the connection is closed or the consumer is gone; else the server deletes it after a while
        }
    }

    private JetStreamManagement management() throws IOException {
        return JetStreams.management(connection, settings);
    }
}
