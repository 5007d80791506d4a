package io.jetwright.eventlogger;

import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Subscription;
import io.nats.client.support.Status;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Requests the messages of a pull consumer. Each request is for a number of bytes, so that no more is on its way than there is
 * room for: jnats requests by bytes only in parts of what was asked for, which a large message may not fit into.
 */
final class PullRequests implements AutoCloseable {
    private static final Duration HEARTBEAT = Duration.ofSeconds(2);
    private static final Duration EXPIRY = Duration.ofSeconds(10);

    /** How long the server waits for messages where it is only asked for those that there are: some may be deleted meanwhile. */
    private static final Duration EXPIRY_OF_PRESENT = Duration.ofSeconds(1);

    /** After this time without a heartbeat the consumer is taken for gone. */
    private static final Duration SILENCE = HEARTBEAT.multipliedBy(3);

    private static final int HEARTBEAT_STATUS = 100;
    private static final int NO_MESSAGES = 404;
    private static final int EXPIRED = 408;
    private static final int CONFLICT = 409;

    private final Connection connection;
    private final String subject;
    private final Limits limits;
    private final boolean areOnlyPresent;
    private final Subscription answers;
    private int requestedMessages;
    private int requestedBytes;
    private int received;
    private boolean isTooLarge;
    private boolean isAtEnd;
    private long lastSign = System.nanoTime();

    /**
     * What is requested at a time.
     *
     * @param bytes what all messages may have; at least 1
     * @param largest what a single one may have if it is larger than that; 0 for no limit
     */
    record Limits(int messages, int bytes, int largest) {}

    /** Requests what there is, and waits for what comes. */
    PullRequests(Connection connection, EventLoggerSettings settings, String consumer, Limits limits) {
        this(connection, settings, consumer, limits, false);
    }

    /**
     * Requests what there is.
     *
     * @param areOnlyPresent whether to end where the server has no more, instead of waiting for what comes
     */
    PullRequests(
            Connection connection,
            EventLoggerSettings settings,
            String consumer,
            Limits limits,
            boolean areOnlyPresent) {
        this.connection = connection;
        this.subject = "%s.CONSUMER.MSG.NEXT.%s.%s"
                .formatted(settings.jetStreamPrefix().orElse("$JS.API"), settings.stream(), consumer);
        this.limits = limits;
        this.areOnlyPresent = areOnlyPresent;
        this.answers = connection.subscribe(connection.createInbox());
    }

    /**
     * Returns the next message; null if none comes in time, if the next one {@link #isTooLarge}, or {@link #isAtEnd}.
     *
     * @throws IllegalStateException if the connection or the consumer is gone
     */
    @Nullable
    Message next(Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        while (!isTooLarge && !isAtEnd) {
            if (requestedMessages == 0) {
                request(limits.messages(), limits.bytes());
            }
            long left = end - System.nanoTime();
            Message message = answers.nextMessage(Duration.ofNanos(Math.clamp(left, 1, HEARTBEAT.toNanos())));
            if (message != null) {
                lastSign = System.nanoTime();
                if (!message.isStatusMessage()) {
                    received++;
                    requestedMessages--;
                    return message;
                }
                told(message.getStatus());
            } else if (System.nanoTime() - lastSign > SILENCE.toNanos()) {
                throw new IllegalStateException("the consumer is silent");
            } else if (left <= 0) {
                return null;
            }
        }
        return null;
    }

    /** Whether the next message is larger than a single one may be, so that none will come. */
    boolean isTooLarge() {
        return isTooLarge;
    }

    /** Whether the server has said that it has no more, where only what there is was asked for. */
    boolean isAtEnd() {
        return isAtEnd;
    }

    private void request(int messages, int bytes) {
        String limit = bytes == 0 ? "" : ",\"max_bytes\":" + bytes;
        String time = areOnlyPresent
                ? "\"expires\":%d".formatted(EXPIRY_OF_PRESENT.toNanos())
                : "\"expires\":%d,\"idle_heartbeat\":%d".formatted(EXPIRY.toNanos(), HEARTBEAT.toNanos());
        String request = "{\"batch\":%d%s,%s}".formatted(messages, limit, time);
        connection.publish(subject, answers.getSubject(), request.getBytes(StandardCharsets.US_ASCII));
        requestedMessages = messages;
        requestedBytes = bytes;
        received = 0;
        lastSign = System.nanoTime();
    }

    private void told(Status status) {
        if (status.getCode() == CONFLICT && status.getMessage().startsWith(Status.MESSAGE_SIZE_EXCEEDS_MAX_BYTES)) {
            requestedMessages = 0;
            if (received == 0) {
                isTooLarge = requestedBytes == limits.largest();
                if (!isTooLarge) {
                    request(1, limits.largest());
                }
            }
        } else if (status.getCode() == NO_MESSAGES || status.getCode() == EXPIRED) {
            requestedMessages = 0;
            isAtEnd = areOnlyPresent && received == 0;
        } else if (isCompleted(status)) {
            requestedMessages = 0;
        } else if (status.getCode() != HEARTBEAT_STATUS) {
            throw new IllegalStateException(status.getMessageWithCode());
        }
    }

    /** Whether the server has sent all that was requested. */
    private static boolean isCompleted(Status status) {
        return status.getCode() == CONFLICT && status.getMessage().startsWith(Status.BATCH_COMPLETED);
    }

    @Override
    public void close() {
        try {
            answers.unsubscribe();
        } catch (IllegalStateException e) {
            // the connection is closed, and with it the subscription
        }
    }
}
