package io.jetwright.eventlogger;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerInfo;
import java.io.IOException;
import java.time.Duration;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fills the log with the newest events of the stream, and appends new ones as long as the process lives. */
final class HistoryReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HistoryReader.class);
    private static final Duration NEXT_TIMEOUT = Duration.ofMillis(500);
    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

    private final EventLoggerSettings settings;
    private final NatsConnector connector;
    private final StreamPoller poller;
    private final EventLog log;
    private @Nullable ZonedDateTime created;
    private volatile boolean isReading;
    private volatile boolean isClosed;
    private @Nullable Thread thread;

    HistoryReader(EventLoggerSettings settings, NatsConnector connector, StreamPoller poller, EventLog log) {
        this.settings = settings;
        this.connector = connector;
        this.poller = poller;
        this.log = log;
    }

    void start() {
        thread = Thread.ofVirtual().name("history-reader").start(this::run);
    }

    private void run() {
        try {
            while (!isClosed) {
                NatsConnector.Life life = connector.await();
                try {
                    read(life, poller.await());
                } catch (JetStreamApiException | IOException | RuntimeException e) {
                    if (!isClosed) {
                        LOG.warn("The history cannot be read for now: {}", e.getMessage());
                    }
                    LOG.debug("", e);
                } finally {
                    isReading = false;
                }
                Thread.sleep(connector.isSame(life) ? RETRY_DELAY : Duration.ZERO);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads until the connection is lost, or until the stream is another one or its events have other names. */
    private void read(NatsConnector.Life life, StreamView view)
            throws IOException, JetStreamApiException, InterruptedException {
        if (!view.created().equals(created)) {
            JetStreamManagement management = JetStreams.management(life.connection(), settings);
            log.restart(HistoryStart.find(
                    view.firstSequence(),
                    view.lastSequence(),
                    settings.historySize(),
                    sequence -> count(management, view, sequence)));
            created = view.created();
        }
        while (connector.isSame(life) && isSame(view)) {
            try (var cursor = StreamCursor.fromSequence(life.connection(), settings, view, log.lastSequence() + 1)) {
                follow(cursor, life, view);
                if (cursor.hasDropped()) {
                    LOG.info(
                            "There was no room for all messages at once; reads on from sequence {}",
                            log.lastSequence());
                }
            }
        }
    }

    private void follow(StreamCursor cursor, NatsConnector.Life life, StreamView view) throws InterruptedException {
        Event event = null;
        while ((event != null || !cursor.hasDropped()) && connector.isSame(life) && isSame(view)) {
            isReading |= cursor.isAtEnd();
            event = cursor.next(NEXT_TIMEOUT);
            if (event != null) {
                log.append(event);
            }
        }
    }

    private boolean isSame(StreamView read) {
        StreamView now = poller.view();
        return now == null || now.isAlike(read);
    }

    /** The number of events from a sequence on. The server counts them when a consumer is created. */
    private long count(JetStreamManagement management, StreamView view, long start)
            throws IOException, JetStreamApiException {
        ConsumerInfo counting = management.createConsumer(
                settings.stream(),
                StreamCursor.from(start)
                        .ackPolicy(AckPolicy.None)
                        .filterSubjects(view.filters())
                        .memStorage(true)
                        .inactiveThreshold(RETRY_DELAY)
                        .build());
        management.deleteConsumer(settings.stream(), counting.getName());
        return counting.getNumPending();
    }

    /** Whether the log has all of the history, and new events come in as they are published. */
    boolean isReading() {
        return isReading;
    }

    @Override
    public void close() {
        isClosed = true;
        Thread current = thread;
        if (current != null) {
            current.interrupt();
        }
    }
}
