package io.jetwright.eventlogger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One client of the feed: follows the log, and reads the stream where it is behind the log. In a thread of its own. */
final class Listener {
    /** How long the thread waits at most before it looks whether the feed is closed. */
    private static final Duration CLOSE_CHECK_INTERVAL = Duration.ofMillis(500);

    /** Shorter than the idle timeout of common proxies. */
    private static final Duration KEEP_ALIVE_INTERVAL = Duration.ofSeconds(15);

    /** Between two writes: while events come fast, fewer and larger writes serve more listeners. */
    private static final Duration WRITE_INTERVAL = Duration.ofMillis(8);

    private static final int MAX_EVENTS = 64;
    private static final byte[] RETRY = "retry: 2000\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] KEEP_ALIVE = ":\n\n".getBytes(StandardCharsets.US_ASCII);

    private final EventFeed feed;
    private final EventLog log;
    private final EventWriter writer;
    private final EventQuery query;

    /** The epoch of the log that the last sequence belongs to. */
    private long epoch;

    /** Up to this sequence the listener has all events that it asks for. */
    private long lastSequence;

    /** The event with the last sequence, while it is not known whether the stream has it still; null once that is known. */
    private @Nullable EventId unconfirmed;

    private long lastWrite = System.nanoTime();

    Listener(EventFeed feed, EventLog log, EventWriter writer, EventQuery query) {
        this.feed = feed;
        this.log = log;
        this.writer = writer;
        this.query = query;
    }

    /**
     * Sends events until the client is gone or the feed is closed.
     *
     * @param lastSeen the last event that the client has; empty if it has none
     * @throws IOException if the client is gone
     */
    void serve(Optional<LastEventId> lastSeen) throws IOException, InterruptedException {
        writer.write(RETRY);
        flush();
        while (log.epoch() == 0 && isWanted()) {
            Thread.sleep(CLOSE_CHECK_INTERVAL);
        }
        epoch = log.epoch();
        long position = firstPosition(lastSeen);
        while (isWanted()) {
            position = position < 0 ? catchUp() : follow(position);
        }
    }

    /** False once the feed is closed. Sends a sign of life if there was nothing else to send for a while. */
    private boolean isWanted() throws IOException {
        if (System.nanoTime() - lastWrite > KEEP_ALIVE_INTERVAL.toNanos()) {
            writer.write(KEEP_ALIVE);
            flush();
        }
        return !feed.isClosed();
    }

    /** The position in the log to begin at; -1 if the stream has to be read first. */
    private long firstPosition(Optional<LastEventId> lastSeen) {
        if (lastSeen.isPresent()) {
            return lastSeen.get().event().map(this::after).orElseGet(this::startOver);
        }
        if (query.limit() == null && query.firstSequence() > 0) {
            return after(query.firstSequence() - 1);
        }
        if (query.limit() == null && query.firstTime() != null) {
            return -1;
        }
        EventLog.History history = log.history(query);
        epoch = history.epoch();
        lastSequence = history.before();
        return history.start();
    }

    private long after(EventId id) {
        lastSequence = id.sequence();
        long position = log.positionAfter(id);
        unconfirmed = position < 0 ? id : null;
        return position;
    }

    private long after(long sequence) {
        lastSequence = sequence;
        return log.positionAfter(sequence);
    }

    /** For a client that has events of another stream, or of this one before it was set back: sends all that there is. */
    private long startOver() {
        epoch = log.epoch();
        unconfirmed = null;
        return after(0);
    }

    /** Sends new events from the log; returns the position after them, or -1 if the log has dropped this position. */
    private long follow(long position) throws IOException, InterruptedException {
        Gathered gathered = gather(position);
        EventId large = gathered.large();
        if (large != null) {
            sendLarge(position, large);
        }
        flush();
        if (gathered.isNewest()) {
            Thread.sleep(WRITE_INTERVAL);
        }
        return gathered.next();
    }

    /**
     * What is to be sent next from the log.
     *
     * @param next the position after it
     * @param isNewest whether there was nothing after it, though there was something
     * @param large a single event that does not fit into a piece; null if it was written already
     */
    private record Gathered(
            long next, boolean isNewest, @Nullable EventId large) {}

    private void sendLarge(long position, EventId id) throws IOException {
        try (var dropped = new DroppedEvent(feed, writer, id)) {
            writer.write(
                    () -> {
                        Event event = log.at(position);
                        return event == null ? dropped.find() : event;
                    },
                    EventWriter.Part.FRAME);
        }
    }

    /** Returns no event, so that none is held while the client takes what is sent: the log may drop it meanwhile. */
    private Gathered gather(long position) throws InterruptedException {
        EventLog.Batch batch = log.from(position, MAX_EVENTS, EventWriter.SIZE, CLOSE_CHECK_INTERVAL);
        if (batch == null || batch.epoch() != epoch) {
            return new Gathered(batch == null ? -1 : startOver(), false, null);
        }
        if (batch.events().isEmpty()) {
            return new Gathered(position, false, null);
        }
        List<Event> events = batch.events().stream()
                .filter(event -> event.sequence() > lastSequence && query.isNamed(event))
                .toList();
        lastSequence = Math.max(lastSequence, batch.events().getLast().sequence());
        boolean isLarge = events.size() == 1 && events.getFirst().frameLength() > EventWriter.SIZE;
        if (!isLarge) {
            writer.write(events);
        }
        return new Gathered(
                batch.nextPosition(),
                batch.isNewest(),
                isLarge ? events.getFirst().id() : null);
    }

    /** Sends a part of what the log has dropped; returns the position in the log that follows, -1 to go on. */
    private long catchUp() throws IOException, InterruptedException {
        if (log.epoch() != epoch) {
            return startOver();
        }
        long target = log.lastSequence();
        boolean isByTime = lastSequence == 0 && query.firstTime() != null;
        try (CatchUp.Part part = feed.catchUp()
                .read(
                        unconfirmed == null ? lastSequence + 1 : lastSequence,
                        isByTime ? query.firstTime() : null,
                        query.name(),
                        this::isWanted)) {
            if (part == null) {
                Thread.sleep(CLOSE_CHECK_INTERVAL);
                return -1;
            }
            if (!isConfirmed(part)) {
                return startOver();
            }
            writer.beginPart(part.bytes());
            for (Event event : part.events()) {
                send(event);
            }
            flush();
            writer.endPart();
            return part.isAtEnd() ? after(Math.max(lastSequence, target)) : log.positionAfter(lastSequence);
        }
    }

    private void send(Event event) throws IOException {
        if (event.sequence() > lastSequence) {
            writer.write(() -> event, EventWriter.Part.FRAME);
            lastSequence = event.sequence();
        }
    }

    /** Whether the stream, of which this part was read, has the last event of the client, or can have had it. */
    private boolean isConfirmed(CatchUp.Part part) {
        EventId last = unconfirmed;
        if (last == null) {
            return true;
        }
        if (part.events().isEmpty()) {
            OptionalLong newest = part.isAtEnd() ? feed.catchUp().lastSequence() : OptionalLong.empty();
            unconfirmed = newest.isPresent() ? null : last;
            return newest.isEmpty() || last.sequence() <= newest.getAsLong();
        }
        EventId first = part.events().getFirst().id();
        unconfirmed = null;
        return first.canFollow(last);
    }

    private void flush() throws IOException {
        if (writer.hasMore()) {
            writer.flush();
            lastWrite = System.nanoTime();
        }
    }
}
