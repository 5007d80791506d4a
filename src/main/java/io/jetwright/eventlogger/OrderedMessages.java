package io.jetwright.eventlogger;

import io.nats.client.Connection;
import io.nats.client.ConsumeOptions;
import io.nats.client.IterableConsumer;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamStatusCheckedException;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.OrderedConsumerConfiguration;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The messages of an ordered consumer: in the order of the stream and without gaps. */
interface OrderedMessages extends AutoCloseable {
    /**
     * Creates the consumer. With a prefix, JetStream can be that of another account, whose exports let answers to
     * requests through but not what a push consumer delivers. There it is a pull consumer, and elsewhere a push
     * consumer, which is faster.
     *
     * @param start where the consumer begins, and the subjects that it delivers
     */
    static OrderedMessages open(Connection connection, EventLoggerSettings settings, ConsumerConfiguration start)
            throws IOException, JetStreamApiException {
        return settings.jetStreamPrefix().isPresent()
                ? Pulled.open(connection, settings, start)
                : Pushed.open(connection, settings, start);
    }

    /**
     * Returns the next message; null if none comes in time.
     *
     * @throws IllegalStateException if the connection or the consumer is gone
     */
    @Nullable
    Message next(Duration timeout) throws InterruptedException;

    /**
     * Whether jnats has dropped messages because its queue was full. If then no more message comes, the caller has to
     * open the consumer again after the last message. If one comes, jnats notices the gap and has the missing ones
     * sent again.
     */
    boolean hasDropped();

    /** Asks the server for the consumer's current state. */
    ConsumerInfo consumer() throws IOException, JetStreamApiException;

    @Override
    void close();

    /** A push consumer. The server's flow control can let through twice as much as the pending limits allow. */
    record Pushed(JetStreamSubscription subscription) implements OrderedMessages {
        private static final long PENDING_MESSAGES = 65_536;
        private static final long PENDING_BYTES = 16 << 20;

        static OrderedMessages open(Connection connection, EventLoggerSettings settings, ConsumerConfiguration start)
                throws IOException, JetStreamApiException {
            var options = PushSubscribeOptions.builder().stream(settings.stream())
                    .ordered(true)
                    .pendingMessageLimit(PENDING_MESSAGES)
                    .pendingByteLimit(PENDING_BYTES)
                    .configuration(start)
                    .build();
            return new Pushed(JetStreams.publishing(connection, settings).subscribe(null, options));
        }

        @Override
        public @Nullable Message next(Duration timeout) throws InterruptedException {
            return subscription.nextMessage(timeout);
        }

        @Override
        public boolean hasDropped() {
            return subscription.getDroppedCount() > 0;
        }

        @Override
        public ConsumerInfo consumer() throws IOException, JetStreamApiException {
            return subscription.getConsumerInfo();
        }

        @Override
        public void close() {
            try {
                subscription.unsubscribe();
            } catch (IllegalStateException e) {
                // the connection is closed, and with it the subscription
            }
        }
    }

    /** A pull consumer. It requests as many messages ahead as there is room for if each is of the maximum size. */
    record Pulled(IterableConsumer messages) implements OrderedMessages {
        private static final int MAX_MESSAGES = 64;
        private static final long MAX_BYTES = 16 << 20;

        /** jnats creates the consumer again if it hears nothing for one and a half times as long. */
        private static final Duration REQUEST_EXPIRY = Duration.ofSeconds(5);

        private static final Duration RETRY_DELAY = Duration.ofMillis(20);

        static OrderedMessages open(Connection connection, EventLoggerSettings settings, ConsumerConfiguration start)
                throws IOException, JetStreamApiException {
            var configuration = new OrderedConsumerConfiguration()
                    .filterSubjects(start.getFilterSubjects())
                    .deliverPolicy(start.getDeliverPolicy())
                    .startSequence(start.getStartSequence())
                    .startTime(start.getStartTime());
            var options = ConsumeOptions.builder()
                    .batchSize(JetStreams.messagesAhead(connection, MAX_MESSAGES, MAX_BYTES))
                    .expiresIn(REQUEST_EXPIRY.toMillis())
                    .build();
            return new Pulled(JetStreams.publishing(connection, settings)
                    .getStreamContext(settings.stream())
                    .createOrderedConsumer(configuration)
                    .iterate(options));
        }

        @Override
        public @Nullable Message next(Duration timeout) throws InterruptedException {
            long began = System.nanoTime();
            try {
                Message message = messages.nextMessage(timeout);
                if (message == null && System.nanoTime() - began < timeout.toNanos() / 2) {
                    // a request has expired or the consumer is being created again: the next call returns at once, too
                    Thread.sleep(RETRY_DELAY);
                }
                return message;
            } catch (JetStreamStatusCheckedException e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
        }

        /** Never, since no more is requested than there is room for. */
        @Override
        public boolean hasDropped() {
            return false;
        }

        @Override
        public ConsumerInfo consumer() throws IOException, JetStreamApiException {
            return messages.getConsumerInfo();
        }

        @Override
        public void close() {
            try {
                messages.close();
            } catch (Exception e) {
                // the connection is closed, and with it the subscription
            }
        }
    }
}
