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

/** What an ordered consumer delivers: messages in the stream's order and without gaps. */
interface OrderedMessages extends AutoCloseable {
    /**
     * Under a prefix JetStream may be that of another account. It answers requests from there, but what it delivers by
     * itself does not arrive; so there messages are requested. Elsewhere they are delivered, which is faster.
     */
    static OrderedMessages open(
            Connection connection, EventLoggerSettings settings, String filter, ConsumerConfiguration start)
            throws IOException, JetStreamApiException {
        return settings.jetStreamPrefix().isPresent()
                ? Pulled.open(connection, settings, filter, start)
                : Pushed.open(connection, settings, filter, start);
    }

    /**
     * The next message; null if none comes in time.
     *
     * @throws IllegalStateException if the connection or the consumer is gone
     */
    @Nullable
    Message next(Duration patience) throws InterruptedException;

    /**
     * Whether messages were dropped for which there was no room, so that it is to be opened anew after the last message
     * that came. To be asked when none comes: a later message shows that some are missing, and they are sent again.
     */
    boolean hasDropped();

    /** The consumer, as the server sees it now. */
    ConsumerInfo consumer() throws IOException, JetStreamApiException;

    @Override
    void close();

    /** Delivered by the server, which may send twice as much as there is room for before it waits. */
    record Pushed(JetStreamSubscription subscription) implements OrderedMessages {
        private static final long PENDING_MESSAGES = 65_536;
        private static final long PENDING_BYTES = 16 << 20;

        static OrderedMessages open(
                Connection connection, EventLoggerSettings settings, String filter, ConsumerConfiguration start)
                throws IOException, JetStreamApiException {
            var options = PushSubscribeOptions.builder().stream(settings.stream())
                    .ordered(true)
                    .pendingMessageLimit(PENDING_MESSAGES)
                    .pendingByteLimit(PENDING_BYTES)
                    .configuration(start)
                    .build();
            return new Pushed(JetStreams.publishing(connection, settings).subscribe(filter, options));
        }

        @Override
        public @Nullable Message next(Duration patience) throws InterruptedException {
            return subscription.nextMessage(patience);
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
                // the connection is closed, and the subscription with it
            }
        }
    }

    /** Requested from the server, as many ahead as there is room for: each may be as large as the server takes them. */
    record Pulled(IterableConsumer messages) implements OrderedMessages {
        private static final int MOST_MESSAGES = 64;
        private static final long MOST_BYTES = 16 << 20;

        /** A consumer that is silent for one and a half times as long is made anew. */
        private static final Duration REQUEST = Duration.ofSeconds(5);

        private static final Duration PAUSE = Duration.ofMillis(20);

        static OrderedMessages open(
                Connection connection, EventLoggerSettings settings, String filter, ConsumerConfiguration start)
                throws IOException, JetStreamApiException {
            var configuration = new OrderedConsumerConfiguration()
                    .filterSubject(filter)
                    .deliverPolicy(start.getDeliverPolicy())
                    .startSequence(start.getStartSequence())
                    .startTime(start.getStartTime());
            var options = ConsumeOptions.builder()
                    .batchSize(JetStreams.messagesAhead(connection, MOST_MESSAGES, MOST_BYTES))
                    .expiresIn(REQUEST.toMillis())
                    .build();
            return new Pulled(JetStreams.publishing(connection, settings)
                    .getStreamContext(settings.stream())
                    .createOrderedConsumer(configuration)
                    .iterate(options));
        }

        @Override
        public @Nullable Message next(Duration patience) throws InterruptedException {
            long began = System.nanoTime();
            try {
                Message message = messages.nextMessage(patience);
                if (message == null && System.nanoTime() - began < patience.toNanos() / 2) {
                    // a request has ended, or the consumer is being made anew; then the next null comes at once, too
                    Thread.sleep(PAUSE);
                }
                return message;
            } catch (JetStreamStatusCheckedException e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
        }

        /** No more is requested than there is room for. */
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
                // the connection is closed, and the subscription with it
            }
        }
    }
}
