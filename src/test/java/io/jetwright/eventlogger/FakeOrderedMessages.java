package io.jetwright.eventlogger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsJetStreamMetaData;
import io.nats.client.impl.NatsMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Messages of a consumer that exists in this process only. */
final class FakeOrderedMessages implements OrderedMessages {
    private final Deque<Message> messages = new ArrayDeque<>();
    private final ConsumerInfo consumer;
    private boolean isClosed;

    FakeOrderedMessages(ConsumerInfo consumer) {
        this.consumer = consumer;
    }

    /** A consumer that has these messages to deliver, with the name of each event "name" and its data the sequence. */
    static FakeOrderedMessages of(long... sequences) {
        var fake = new FakeOrderedMessages(StreamFixtures.consumer("{}", sequences.length, 0));
        for (int i = 0; i < sequences.length; i++) {
            fake.add("events.name", sequences[i], sequences.length - 1 - i, null, String.valueOf(sequences[i]));
        }
        return fake;
    }

    /** In nanoseconds: one second for each sequence. */
    private static long time(long sequence) {
        return 1_000_000_000 * sequence;
    }

    void add(String subject, long sequence, long pending, @Nullable Headers headers, String payload) {
        String replyTo = "$JS.ACK.EVENTS.consumer.1.%d.%d.%d.%d".formatted(sequence, sequence, time(sequence), pending);
        messages.add(new NatsMessage(subject, replyTo, headers, payload.getBytes(UTF_8)) {
            @Override
            public boolean isJetStream() {
                return true;
            }

            @Override
            public NatsJetStreamMetaData metaData() {
                return new NatsJetStreamMetaData(this);
            }
        });
    }

    /** Delivers no more than so many messages, though the consumer has more. */
    FakeOrderedMessages limit(int max) {
        while (messages.size() > max) {
            messages.removeLast();
        }
        return this;
    }

    boolean isClosed() {
        return isClosed;
    }

    @Override
    public @Nullable Message next(Duration timeout) {
        return messages.poll();
    }

    @Override
    public ConsumerInfo consumer() throws IOException, JetStreamApiException {
        return consumer;
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
