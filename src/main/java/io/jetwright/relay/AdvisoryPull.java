package io.jetwright.relay;

import io.jetwright.jetstream.JetStreamException;
import io.jetwright.jetstream.NatsConnection;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Subscription;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Requests the advisories of a consumer. */
final class AdvisoryPull {
    /** How long the server waits for advisories. Short, since it counts as the time for which one may be under way. */
    private static final Duration EXPIRY = Duration.ofSeconds(10);

    private static final Duration SLACK = Duration.ofSeconds(2);
    private static final int NO_RESPONDERS = 503;
    private static final int CONFLICT = 409;

    private final NatsConnection connection;
    private final AdvisoryConsumer advisories;
    private volatile @Nullable Subscription current;
    private volatile boolean isClosed;

    AdvisoryPull(NatsConnection connection, AdvisoryConsumer advisories) {
        this.connection = connection;
        this.advisories = advisories;
    }

    /**
     * Requests advisories, and returns when these have come, or no more come for now.
     *
     * @param most at least 1
     * @param each told about each advisory; must not block
     * @return how many have come
     * @throws Obstacle if the consumer is gone
     */
    int pull(int most, Consumer<CapturedAdvisory> each) throws JetStreamException, Obstacle, InterruptedException {
        Connection over = connection.connection();
        Subscription answers = over.subscribe(over.createInbox());
        current = answers;
        try {
            long asked = System.nanoTime();
            over.publish(
                    "%s.CONSUMER.MSG.NEXT.%s.%s"
                            .formatted(connection.settings().apiPrefix(), advisories.stream(), advisories.name()),
                    answers.getSubject(),
                    "{\"batch\":%d,\"expires\":%d}"
                            .formatted(most, EXPIRY.toNanos())
                            .getBytes(StandardCharsets.US_ASCII));
            int received = 0;
            while (received < most && !isClosed) {
                long left = EXPIRY.plus(SLACK).toNanos() - (System.nanoTime() - asked);
                Message message = left <= 0 ? null : answers.nextMessage(Duration.ofNanos(left));
                if (message == null) {
                    return received;
                }
                if (message.isStatusMessage()) {
                    end(message.getStatus().getCode(), message.getStatus().getMessageWithCode());
                    return received;
                }
                received++;
                each.accept(new CapturedAdvisory(connection, message, asked));
            }
            return received;
        } catch (IllegalStateException e) {
            if (isClosed) {
                return 0;
            }
            // the connection is lost: its reason, unless it is there again
            connection.connection();
            return 0;
        } finally {
            unsubscribe(answers);
        }
    }

    private static void end(int code, String text) throws Obstacle {
        if (code == NO_RESPONDERS || (code == CONFLICT && text.contains("Deleted"))) {
            throw new Obstacle("the consumer of the advisories is gone (%s), and is made anew".formatted(text));
        }
    }

    /** Ends a pull that is under way. */
    void close() {
        isClosed = true;
        Subscription last = current;
        if (last != null) {
            unsubscribe(last);
        }
    }

    private static void unsubscribe(Subscription subscription) {
        try {
            subscription.unsubscribe();
        } catch (IllegalStateException e) {
            // it has ended, or its connection is closed
        }
    }
}
