package io.jetwright.eventlogger;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.StreamInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls the stream and the durable consumer every two seconds, and creates the consumer if CREATE_CONSUMER is true.
 */
final class StreamPoller implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StreamPoller.class);
    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final int STREAM_NOT_FOUND = 10059;
    private static final int CONSUMER_NOT_FOUND = 10014;

    private final EventLoggerSettings settings;
    private final StreamRequirements requirements;
    private final NatsConnector connector;
    private final LongConsumer onFirstSequence;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable StreamView view;
    private String streamFault = "not looked at yet";
    private @Nullable String consumerFault = "not looked at yet";
    private @Nullable Thread thread;

    /**
     * Does not poll before {@link #start}.
     *
     * @param onFirstSequence called with the first sequence of the stream after each poll that finds a stream
     */
    StreamPoller(EventLoggerSettings settings, NatsConnector connector, LongConsumer onFirstSequence) {
        this.settings = settings;
        this.requirements = new StreamRequirements(settings);
        this.connector = connector;
        this.onFirstSequence = onFirstSequence;
    }

    void start() {
        thread = Thread.ofVirtual().name("stream-poller").start(this::pollRepeatedly);
    }

    private void pollRepeatedly() {
        try {
            while (true) {
                NatsConnector.Life life = connector.await();
                poll(life.connection());
                Thread.sleep(INTERVAL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void poll(Connection connection) {
        try {
            JetStreamManagement management = JetStreams.management(connection, settings);
            StreamInfo stream = management.getStreamInfo(settings.stream());
            String fault = requirements.streamFault(stream.getConfiguration());
            if (fault != null) {
                update(null, fault, consumerFault);
                return;
            }
            ConsumerInfo consumer = consumer(management);
            update(requirements.view(stream, consumer), "", requirements.consumerFault(consumer));
            onFirstSequence.accept(stream.getStreamState().getFirstSequence());
        } catch (JetStreamApiException e) {
            update(
                    null,
                    e.getApiErrorCode() == STREAM_NOT_FOUND
                            ? "the stream " + settings.stream()
                                    + " does not exist: create it, or set STREAM_NAME to one that does"
                            : "JetStream says of the stream " + settings.stream() + ": " + e.getMessage(),
                    consumerFault);
        } catch (IOException | RuntimeException e) {
            LOG.debug("{}", e.toString());
            if (connector.isUp()) {
                update(
                        null,
                        "JetStream does not answer: see whether the server has JetStream, whether the user may use"
                                + " it, and whether JETSTREAM_DOMAIN is right",
                        consumerFault);
            }
        }
    }

    private @Nullable ConsumerInfo consumer(JetStreamManagement management) throws IOException, JetStreamApiException {
        try {
            return management.getConsumerInfo(settings.stream(), settings.consumer());
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() != CONSUMER_NOT_FOUND) {
                throw e;
            }
        }
        if (!settings.createConsumer()) {
            return null;
        }
        ConsumerInfo created = management.createConsumer(settings.stream(), requirements.consumerConfiguration());
        LOG.info("Created the consumer {} of the stream {}", settings.consumer(), settings.stream());
        return created;
    }

    /**
     * Keeps what a poll has found, and logs each fault when it is new.
     *
     * @param seen null if there is no stream that can be used
     * @param fault of the stream; empty if there is none
     * @param consumer the fault of the consumer; null if there is none
     */
    void update(@Nullable StreamView seen, String fault, @Nullable String consumer) {
        lock.lock();
        try {
            warnIfNew(fault.isEmpty() ? null : fault, streamFault.isEmpty() ? null : streamFault);
            if (seen != null) {
                warnIfNew(consumer, consumerFault);
            }
            view = seen;
            streamFault = fault;
            consumerFault = consumer;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static void warnIfNew(@Nullable String now, @Nullable String before) {
        if (now != null && !Objects.equals(now, before)) {
            LOG.warn("{}", now);
        }
    }

    /** Polls at once, in the thread of the caller; null if there is no stream that can be used. */
    @Nullable
    StreamView pollNow() {
        Connection connection = connector.connection();
        if (connection != null) {
            poll(connection);
        }
        return view();
    }

    /** The state at the last poll; null if there was no stream that can be used. */
    @Nullable
    StreamView view() {
        lock.lock();
        try {
            return view;
        } finally {
            lock.unlock();
        }
    }

    /** Why there is no view, with the cure; empty if there is one. */
    String streamFault() {
        lock.lock();
        try {
            return streamFault;
        } finally {
            lock.unlock();
        }
    }

    /** Why the consumer cannot be used, with the cure; null if it can. */
    @Nullable
    String consumerFault() {
        lock.lock();
        try {
            return consumerFault;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a stream that can be used. */
    StreamView await() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (view == null) {
                changed.await();
            }
            return view;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a consumer that can be used. */
    void awaitConsumer() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (view == null || consumerFault != null) {
                changed.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether the thread goes on that does all this; true before it is started. */
    boolean isAlive() {
        Thread current = thread;
        return current == null || current.isAlive();
    }

    @Override
    public void close() {
        Thread current = thread;
        if (current != null) {
            current.interrupt();
        }
    }
}
