package io.jetwright.eventlogger;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
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

/**
 * Reads events from the stream: from a sequence or a time on, in order and without gaps, and then new ones as they
 * come.
 */
final class StreamCursor implements AutoCloseable {
    private final OrderedMessages messages;
    private final EventDecoder decoder;
    private boolean isAtEnd;

    /**
     * Which events are read.
     *
     * @param sequence begins with this one
     * @param time begins with this time instead; null: with the sequence
     * @param name only events whose name matches this pattern; null: all
     * @param bytes how much is requested from the server at a time
     * @param largest a message that is larger than this is read without its payload
     */
    record Request(
            long sequence, @Nullable Instant time, @Nullable String name, int bytes, int largest) {
        private ConsumerConfiguration.Builder start() {
            return time == null
                    ? from(sequence)
                    : ConsumerConfiguration.builder()
                            .deliverPolicy(DeliverPolicy.ByStartTime)
                            .startTime(time.atZone(ZoneOffset.UTC));
        }
    }

    private StreamCursor(OrderedMessages messages, EventDecoder decoder, boolean isAtEnd) {
        this.messages = messages;
        this.decoder = decoder;
        this.isAtEnd = isAtEnd;
    }

    /** Opens a cursor. */
    static StreamCursor open(
            Connection connection,
            EventLoggerSettings settings,
            StreamView view,
            PayloadDecoder payloads,
            Request request)
            throws IOException, JetStreamApiException {
        ConsumerConfiguration start =
                request.start().filterSubjects(view.filters(request.name())).build();
        return of(
                PulledMessages.open(connection, settings, start, request.bytes(), request.largest()),
                new EventDecoder(view.prefix(), payloads));
    }

    /**
     * The configuration of a consumer that begins with this sequence; with the first one if the sequence is below 1.
     */
    static ConsumerConfiguration.Builder from(long sequence) {
        return from(ConsumerConfiguration.builder().build(), sequence);
    }

    /** This configuration, but beginning with this sequence. */
    static ConsumerConfiguration.Builder from(ConsumerConfiguration configuration, long sequence) {
        return ConsumerConfiguration.builder(configuration)
                .deliverPolicy(DeliverPolicy.ByStartSequence)
                .startTime(null)
                .startSequence(Math.max(sequence, 1));
    }

    /**
     * Creates a cursor on messages of which none was taken yet. The cursor closes them, and so does this method if it
     * fails.
     */
    static StreamCursor of(OrderedMessages messages, EventDecoder decoder) throws IOException, JetStreamApiException {
        try {
            ConsumerInfo consumer = messages.consumer();
            boolean isEmpty =
                    consumer.getNumPending() == 0 && consumer.getDelivered().getConsumerSequence() == 0;
            return new StreamCursor(messages, decoder, isEmpty);
        } catch (IOException | JetStreamApiException | RuntimeException e) {
            messages.close();
            throw e;
        }
    }

    /** Returns the next event; null if none comes in time. */
    @Nullable
    Event next(Duration timeout) throws InterruptedException {
        Message message = messages.next(timeout);
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

    /** Whether the last event was the newest when the server sent it; before the first event, whether there was none. */
    boolean isAtEnd() {
        return isAtEnd;
    }

    @Override
    public void close() {
        messages.close();
    }
}
