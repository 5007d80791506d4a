package io.jetwright.eventlogger;

import io.nats.client.ConsumeOptions;
import io.nats.client.ConsumerContext;
import io.nats.client.IterableConsumer;
import io.nats.client.Message;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes messages from the durable consumer, whose work all replicas share, and acknowledges each once it is in this
 * replica's log. So what the consumer has left over is what nobody was shown yet.
 */
final class Acknowledger implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Acknowledger.class);
    private static final Duration TICK = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int MOST_MESSAGES = 256;

    /** What is requested ahead lies in the heap; beyond 64 MiB the client would drop messages. */
    private static final long MOST_BYTES = 8 << 20;

    private final EventLoggerSettings settings;
    private final NatsConnector connector;
    private final StreamPoller poller;
    private final EventLog log;
    private final AtomicLong acknowledged = new AtomicLong();
    private volatile boolean isBound;
    private volatile boolean isClosed;
    private @Nullable Thread thread;

    Acknowledger(EventLoggerSettings settings, NatsConnector connector, StreamPoller poller, EventLog log) {
        this.settings = settings;
        this.connector = connector;
        this.poller = poller;
        this.log = log;
    }

    void start() {
        thread = Thread.ofVirtual().name("acknowledger").start(this::acknowledgeForEver);
    }

    private void acknowledgeForEver() {
        try {
            while (!isClosed) {
                NatsConnector.Life life = connector.await();
                poller.awaitConsumer();
                StreamView view = poller.await();
                try {
                    acknowledge(life, view);
                } catch (InterruptedException e) {
                    throw e;
                } catch (Exception e) {
                    LOG.warn("The consumer {} cannot be read for now: {}", settings.consumer(), e.getMessage());
                    LOG.debug("", e);
                } finally {
                    isBound = false;
                }
                Thread.sleep(connector.isSame(life) && !isClosed ? PAUSE : Duration.ZERO);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when the connection is another, or the consumer is gone. */
    private void acknowledge(NatsConnector.Life life, StreamView view) throws Exception {
        ConsumerContext consumer = JetStreams.publishing(life.connection(), settings)
                .getConsumerContext(settings.stream(), settings.consumer());
        IterableConsumer messages = consumer.iterate(ConsumeOptions.builder()
                .batchSize(JetStreams.messagesAhead(life.connection(), MOST_MESSAGES, MOST_BYTES))
                .build());
        try {
            isBound = true;
            while (!isClosed && connector.isSame(life) && poller.consumerFault() == null) {
                Message message = messages.nextMessage(TICK);
                if (message != null) {
                    awaitSeen(life, view, message);
                }
            }
        } finally {
            messages.close();
        }
    }

    private void awaitSeen(NatsConnector.Life life, StreamView view, Message message) throws InterruptedException {
        boolean isOurs = Subjects.matches(view.filter(), message.getSubject());
        long sequence = message.metaData().streamSequence();
        while (isOurs && !log.awaitSequence(sequence, PAUSE)) {
            if (isClosed || !connector.isSame(life)) {
                return;
            }
            message.inProgress();
        }
        message.ack();
        acknowledged.incrementAndGet();
    }

    /** Whether messages are being taken from the consumer. */
    boolean isBound() {
        return isBound;
    }

    /** How many messages this process has acknowledged. */
    long acknowledged() {
        return acknowledged.get();
    }

    /** Takes no more messages, after the one at hand. */
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
