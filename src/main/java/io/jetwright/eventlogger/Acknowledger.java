package io.jetwright.eventlogger;

import io.nats.client.Message;
import io.nats.client.impl.NatsJetStreamMetaData;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes messages from the durable consumer, which all replicas share, and acknowledges each as soon as it is in the
 * log of this replica. The consumer's lag is therefore the number of messages that no replica has shown yet.
 */
final class Acknowledger implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Acknowledger.class);
    private static final Duration NEXT_TIMEOUT = Duration.ofMillis(500);
    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);
    private static final int MAX_MESSAGES = 256;

    private final EventLoggerSettings settings;
    private final NatsConnector connector;
    private final StreamPoller poller;
    private final EventLog log;
    private final MemoryBudget budget;
    private final AtomicLong acknowledged = new AtomicLong();
    private volatile boolean isBound;
    private volatile boolean isClosed;
    private @Nullable Thread thread;

    Acknowledger(
            EventLoggerSettings settings,
            NatsConnector connector,
            StreamPoller poller,
            EventLog log,
            MemoryBudget budget) {
        this.settings = settings;
        this.connector = connector;
        this.poller = poller;
        this.log = log;
        this.budget = budget;
    }

    void start() {
        thread = Thread.ofVirtual().name("acknowledger").start(this::run);
    }

    private void run() {
        try {
            while (!isClosed) {
                NatsConnector.Life life = connector.await();
                poller.awaitConsumer();
                StreamView view = poller.await();
                try {
                    acknowledge(life, view);
                } catch (RuntimeException e) {
                    if (!isClosed) {
                        LOG.warn("The consumer {} cannot be read for now: {}", settings.consumer(), e.getMessage());
                    }
                    LOG.debug("", e);
                } finally {
                    isBound = false;
                }
                Thread.sleep(connector.isSame(life) && !isClosed ? RETRY_DELAY : Duration.ZERO);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Acknowledges until the connection is lost or the consumer cannot be used any more. */
    private void acknowledge(NatsConnector.Life life, StreamView view) throws InterruptedException {
        var limits = new PullRequests.Limits(MAX_MESSAGES, budget.acknowledgeAhead(), 0);
        try (var messages = new PullRequests(life.connection(), settings, settings.consumer(), limits)) {
            isBound = true;
            while (!isClosed && connector.isSame(life) && poller.consumerFault() == null) {
                Message message = messages.next(NEXT_TIMEOUT);
                if (message != null) {
                    acknowledgeLogged(life, view, message);
                }
            }
        }
    }

    /** Waits until the message is in the log, and meanwhile keeps the server from delivering it again. */
    private void acknowledgeLogged(NatsConnector.Life life, StreamView view, Message message)
            throws InterruptedException {
        boolean isEvent = view.shows(message.getSubject());
        NatsJetStreamMetaData metadata = message.metaData();
        long sequence = metadata.streamSequence();
        Instant time = metadata.timestamp().toInstant();
        while (isEvent && !log.await(sequence, time, RETRY_DELAY)) {
            if (isClosed || !connector.isSame(life)) {
                return;
            }
            message.inProgress();
        }
        message.ack();
        acknowledged.incrementAndGet();
    }

    /** Whether the thread goes on that does all this; true before it is started. */
    boolean isAlive() {
        Thread current = thread;
        return current == null || current.isAlive();
    }

    /** Whether messages are being taken from the consumer. */
    boolean isBound() {
        return isBound;
    }

    /** How many messages this process has acknowledged. */
    long acknowledged() {
        return acknowledged.get();
    }

    /** Takes no more messages, and waits up to two seconds until the current one is acknowledged. */
    @Override
    public void close() {
        isClosed = true;
        Thread current = thread;
        try {
            if (current != null && !current.join(Duration.ofSeconds(2))) {
                current.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
