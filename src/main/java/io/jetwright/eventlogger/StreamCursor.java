package io.jetwright.eventlogger;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsJetStreamMetaData;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the stream's events in order and without gaps, from somewhere on, and goes on with those that come. */
final class StreamCursor implements AutoCloseable {
    private static final long PENDING_MESSAGES = 65_536;
    private static final long PENDING_BYTES = 16 << 20;

    private final JetStreamSubscription subscription;
    private final EventDecoder decoder;
    private boolean isAtEnd;

    private StreamCursor(JetStreamSubscription subscription, EventDecoder decoder, boolean isAtEnd) {
        this.subscription = subscription;
        this.decoder = decoder;
        this.isAtEnd = isAtEnd;
    }

    /** From this sequence on. */
    static StreamCursor fromSequence(
            Connection connection, EventLoggerSettings settings, StreamView view, long sequence)
            throws IOException, JetStreamApiException {
        return open(connection, settings, view, from(sequence));
    }

    /** From this time on. */
    static StreamCursor fromTime(Connection connection, EventLoggerSettings settings, StreamView view, Instant time)
            throws IOException, JetStreamApiException {
        return open(
                connection,
                settings,
                view,
                ConsumerConfiguration.builder()
                        .deliverPolicy(DeliverPolicy.ByStartTime)
                        .startTime(time.atZone(ZoneOffset.UTC)));
    }

    /** A consumer that begins there. */
    static ConsumerConfiguration.Builder from(long sequence) {
        return ConsumerConfiguration.builder()
                .deliverPolicy(DeliverPolicy.ByStartSequence)
                .startSequence(Math.max(sequence, 1));
    }

    private static StreamCursor open(
            Connection connection, EventLoggerSettings settings, StreamView view, ConsumerConfiguration.Builder start)
            throws IOException, JetStreamApiException {
        var options = PushSubscribeOptions.builder().stream(settings.stream())
                .ordered(true)
                .pendingMessageLimit(PENDING_MESSAGES)
                .pendingByteLimit(PENDING_BYTES)
                .configuration(start.build())
                .build();
        JetStreamSubscription subscription =
                JetStreams.publishing(connection, settings).subscribe(view.filter(), options);
        ConsumerInfo consumer = subscription.getConsumerInfo();
        boolean isEmpty =
                consumer.getNumPending() == 0 && consumer.getDelivered().getConsumerSequence() == 0;
        return new StreamCursor(subscription, new EventDecoder(view.prefix()), isEmpty);
    }

    /** The next event; null if none comes in time. */
    @Nullable
    Event next(Duration patience) throws InterruptedException {
        Message message = subscription.nextMessage(patience);
        if (message == null) {
            return null;
        }
        NatsJetStreamMetaData metadata = message.metaData();
        isAtEnd = metadata.pendingCount() == 0;
        byte[] data = message.getData();
        return decoder.decode(
                metadata.streamSequence(),
                message.getSubject(),
                metadata.timestamp().toInstant(),
                data == null ? new byte[0] : data,
                headers(message.getHeaders()));
    }

    private static Map<String, List<String>> headers(@Nullable Headers headers) {
        if (headers == null || headers.isEmpty()) {
            return Map.of();
        }
        Map<String, List<String>> copy = new LinkedHashMap<>();
        headers.forEach(copy::put);
        return copy;
    }

    /** Whether all was read that was in the stream when the last event was sent. */
    boolean isAtEnd() {
        return isAtEnd;
    }

    @Override
    public void close() {
        try {
            subscription.unsubscribe();
        } catch (IllegalStateException e) {
            // the connection is closed, and the subscription with it
        }
    }
}
