package io.jetwright.eventlogger;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.DeliverPolicy;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads by {@link JetStreams#createEphemeral ephemeral} consumers.
 *
 * @param subjects of the messages; empty for all
 * @param largest a message that is larger than this, in bytes, comes without its payload
 */
record JetStreamSource(Connection connection, EventLoggerSettings settings, List<String> subjects, int largest)
        implements MessageSource {
    @Override
    public long count(long sequence) throws IOException, JetStreamApiException {
        return look(StreamCursor.from(sequence)).getNumPending();
    }

    @Override
    public long sequenceAt(Instant time) throws IOException, JetStreamApiException {
        return look(ConsumerConfiguration.builder()
                                .deliverPolicy(DeliverPolicy.ByStartTime)
                                .startTime(time.atZone(ZoneOffset.UTC)))
                        .getDelivered()
                        .getStreamSequence()
                + 1;
    }

    @Override
    public Messages from(long sequence, boolean isHeadersOnly) throws IOException, JetStreamApiException {
        return new PulledWindow(this, sequence, isHeadersOnly, PulledMessages.MAX_MESSAGES);
    }

    @Override
    public @Nullable StoredMessage first(long sequence, boolean isHeadersOnly)
            throws IOException, JetStreamApiException, InterruptedException {
        try (Messages messages = new PulledWindow(this, sequence, isHeadersOnly, 1)) {
            return messages.next();
        }
    }

    /** What the server says of a consumer when it is created. */
    private ConsumerInfo look(ConsumerConfiguration.Builder start) throws IOException, JetStreamApiException {
        ConsumerInfo created = JetStreams.createEphemeral(
                connection, settings, start.filterSubjects(subjects).build());
        JetStreams.delete(connection, settings, created);
        return created;
    }
}
