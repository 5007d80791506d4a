package io.jetwright.eventlogger;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.StreamInfo;
import io.nats.client.api.StreamState;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
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
    private final PayloadDecoder payloads;
    private final MemoryBudget budget;
    private @Nullable ZonedDateTime created;
    private volatile boolean isReading;
    private volatile boolean isClosed;
    private @Nullable Thread thread;

    HistoryReader(
            EventLoggerSettings settings,
            NatsConnector connector,
            StreamPoller poller,
            EventLog log,
            PayloadDecoder payloads,
            MemoryBudget budget) {
        this.settings = settings;
        this.connector = connector;
        this.poller = poller;
        this.log = log;
        this.payloads = payloads;
        this.budget = budget;
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

    /** Reads until the connection is lost, or until the stream is another one or set back, or its events have other names. */
    private void read(NatsConnector.Life life, StreamView view)
            throws IOException, JetStreamApiException, InterruptedException {
        StreamInfo stream = JetStreams.management(life.connection(), settings).getStreamInfo(settings.stream());
        if (!stream.getCreateTime().equals(created) || stream.getStreamState().getLastSequence() < log.lastSequence()) {
            begin(life.connection(), view, stream.getStreamState());
            created = stream.getCreateTime();
        }
        EventId last = log.lastId();
        long start = last == null ? log.lastSequence() + 1 : last.sequence();
        var request = new StreamCursor.Request(start, null, null, budget.readAhead(), budget.message());
        try (var cursor = StreamCursor.open(life.connection(), settings, view, payloads, request)) {
            if (!follow(cursor, last, life, view)) {
                LOG.warn("The stream {} was set back: its history is read again", settings.stream());
                created = null;
            }
        }
    }

    private void begin(Connection connection, StreamView view, StreamState state)
            throws IOException, JetStreamApiException {
        var source = new JetStreamSource(connection, settings, view.filters(), budget.message());
        long start = HistoryStart.find(
                state.getFirstSequence(), state.getLastSequence(), settings.historySize(), source::count);
        ZonedDateTime time = state.getLastTime();
        log.restart(start, time == null ? Instant.MIN : time.toInstant());
    }

    /**
     * Appends what the cursor reads.
     *
     * @param last the newest event of the log, with which the cursor begins; null if there was none
     * @return false if the stream has another event in its place
     */
    private boolean follow(StreamCursor cursor, @Nullable EventId last, NatsConnector.Life life, StreamView view)
            throws InterruptedException {
        EventId unconfirmed = last;
        while (connector.isSame(life) && isSame(view)) {
            isReading |= cursor.isAtEnd();
            Event event = cursor.next(NEXT_TIMEOUT);
            if (event == null) {
                continue;
            }
            if (unconfirmed != null && !event.id().canFollow(unconfirmed)) {
                return false;
            }
            unconfirmed = null;
            log.append(event);
        }
        return true;
    }

    private boolean isSame(StreamView read) {
        StreamView now = poller.view();
        return now == null || now.isAlike(read);
    }

    /** Whether the thread goes on that does all this; true before it is started. */
    boolean isAlive() {
        Thread current = thread;
        return current == null || current.isAlive();
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
