package io.jetwright.eventlogger;

import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.Subscription;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.impl.NatsJetStreamMetaData;
import io.nats.client.support.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Requests the messages of a consumer, a limited number of bytes at a time, until it has sent what it had at its creation. */
final class PulledWindow implements MessageSource.Messages {
    private static final int MAX_MESSAGES = 256;

    /** Of a request, unless a single message is larger. */
    private static final int MAX_BYTES = 512 << 10;

    /** How long to wait for messages that the consumer had at its creation, and that were deleted since. */
    private static final Duration EXPIRY = Duration.ofSeconds(1);

    private static final int NO_MESSAGES = 404;
    private static final int EXPIRED = 408;
    private static final int CONFLICT = 409;

    private final JetStreamSource source;
    private final boolean isHeadersOnly;
    private Consumer consumer;
    private long last;

    PulledWindow(JetStreamSource source, long sequence, boolean isHeadersOnly)
            throws IOException, JetStreamApiException {
        this.source = source;
        this.isHeadersOnly = isHeadersOnly;
        this.last = Math.max(sequence, 1) - 1;
        this.consumer = new Consumer(isHeadersOnly);
    }

    @Override
    public @Nullable StoredMessage next() throws IOException, JetStreamApiException, InterruptedException {
        StoredMessage message = consumer.next();
        if (message == null && consumer.isTooLarge) {
            consumer.close();
            consumer = new Consumer(true);
            message = consumer.next();
            if (message != null) {
                last = message.sequence();
                consumer.close();
                consumer = new Consumer(isHeadersOnly);
            }
        }
        if (message != null) {
            last = message.sequence();
        }
        return message;
    }

    @Override
    public void close() {
        consumer.close();
    }

    /** A consumer of what comes after the last message. */
    private final class Consumer {
        private final boolean isWithoutPayloads;
        private final ConsumerInfo info;
        private final Subscription answers;
        private final String request;
        private long left;
        private int requested;
        private int received;
        private int bytes = MAX_BYTES;
        private long sequence;
        private boolean isTooLarge;

        Consumer(boolean isWithoutPayloads) throws IOException, JetStreamApiException {
            this.isWithoutPayloads = isWithoutPayloads;
            this.info = source.create(StreamCursor.from(last + 1).headersOnly(isWithoutPayloads));
            this.left = info.getNumPending();
            this.request = "%s.CONSUMER.MSG.NEXT.%s.%s"
                    .formatted(
                            source.settings().jetStreamPrefix().orElse("$JS.API"),
                            source.settings().stream(),
                            info.getName());
            this.answers = source.connection().subscribe(source.connection().createInbox());
        }

        @Nullable
        StoredMessage next() throws IOException, InterruptedException {
            while (left > 0 && !isTooLarge) {
                if (requested == 0) {
                    request();
                }
                Message answer = answers.nextMessage(JetStreams.TIMEOUT);
                if (answer == null) {
                    throw new IOException("JetStream does not send what it has");
                }
                if (!answer.isStatusMessage()) {
                    return taken(answer);
                }
                told(answer.getStatus());
            }
            return null;
        }

        private void request() {
            requested = bytes == MAX_BYTES ? (int) Math.min(left, MAX_MESSAGES) : 1;
            received = 0;
            String what =
                    "{\"batch\":%d,\"max_bytes\":%d,\"expires\":%d}".formatted(requested, bytes, EXPIRY.toNanos());
            source.connection().publish(request, answers.getSubject(), what.getBytes(StandardCharsets.US_ASCII));
        }

        private StoredMessage taken(Message message) throws IOException {
            NatsJetStreamMetaData metadata = message.metaData();
            if (metadata.consumerSequence() != sequence + 1) {
                throw new IOException("a message was lost on its way, before " + metadata.streamSequence());
            }
            sequence++;
            received++;
            requested--;
            left--;
            bytes = MAX_BYTES;
            return StoredMessage.of(message, isWithoutPayloads);
        }

        private void told(Status status) throws IOException {
            requested = 0;
            if (status.getCode() == NO_MESSAGES || status.getCode() == EXPIRED) {
                left = received == 0 ? 0 : left;
            } else if (status.getCode() != CONFLICT) {
                throw new IOException(status.getMessageWithCode());
            } else if (received == 0) {
                isTooLarge = bytes == source.largest();
                bytes = source.largest();
            }
        }

        void close() {
            try {
                answers.unsubscribe();
            } catch (IllegalStateException e) {
                // the connection is closed, and with it the subscription
            }
            source.delete(info);
        }
    }
}
