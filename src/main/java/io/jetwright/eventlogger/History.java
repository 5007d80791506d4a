package io.jetwright.eventlogger;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.StreamInfo;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at the stream itself, at any place of it. A few do so at the same time, so that what they hold fits into the memory. */
final class History {
    /** What the events of an answer occupy at most, except for a single one. Also those of a part of JSON lines. */
    static final int PAGE_BYTES = 1 << 20;

    private static final int PART_BYTES = 256 << 10;
    private static final Duration TIME = Duration.ofSeconds(5);
    private static final int FILTER_NOT_IN_STREAM = 10093;

    private final EventLoggerSettings settings;
    private final NatsConnector connector;
    private final StreamPoller poller;
    private final PayloadDecoder payloads;
    private final int largest;
    private final Turns reads = new Turns(2, TIME);

    /**
     * @param largest the largest message, in bytes, that is read with its payload
     */
    History(
            EventLoggerSettings settings,
            NatsConnector connector,
            StreamPoller poller,
            PayloadDecoder payloads,
            int largest) {
        this.settings = settings;
        this.connector = connector;
        this.poller = poller;
        this.payloads = payloads;
        this.largest = largest;
    }

    /** Those who read from the stream now. */
    Turns reads() {
        return reads;
    }

    /** The stream's name. */
    String stream() {
        return settings.stream();
    }

    /**
     * The stream when it was looked at.
     *
     * @param filter of what is asked for
     * @param all that the stream has
     * @param source of what is asked for; null if no subject of the stream can match
     */
    private record Look(
            StreamInfo info,
            HistoryFilter filter,
            MessageSource all,
            @Nullable MessageSource source) {
        long first() {
            return info.getStreamState().getFirstSequence();
        }

        long last() {
            return info.getStreamState().getLastSequence();
        }

        StreamEpoch epoch() {
            return StreamEpoch.of(info);
        }

        /**
         * Whether the stream was created again or set back.
         *
         * @param known since then; null for never
         */
        boolean isReset(@Nullable StreamEpoch known) throws IOException, JetStreamApiException, InterruptedException {
            return known != null && !known.isOf(info, all);
        }
    }

    /** Reads, and waits for its turn before. */
    @FunctionalInterface
    private interface Reading<T> {
        T read(Look look) throws IOException, JetStreamApiException, InterruptedException;
    }

    /**
     * An answer's events, and where they are in the stream.
     *
     * @param isReset whether the stream was created again or set back since the query's epoch
     */
    record Page(HistoryPart part, HistoryRange range, long first, long last, StreamEpoch epoch, boolean isReset) {}

    /**
     * Where the events of a query are, and in which stream.
     *
     * @param isReset whether the stream was created again or set back since the query's epoch
     */
    record Place(HistoryRange range, StreamEpoch epoch, boolean isReset) {}

    /** Finds what the query asks for, and reads as much of it as fits into an answer. */
    Page page(HistoryQuery query) {
        return read(query, look -> {
            HistoryRange range = range(look, query);
            MessageSource source = look.source();
            HistoryPart part = source == null
                    ? new HistoryPart(List.of(), 0, range.end())
                    : HistoryPart.read(
                            source, look.filter(), payloads, range, query.limit(), PAGE_BYTES, query.isOlder(), false);
            HistoryRange fitted = fitted(range, part, query.isOlder());
            // last, so that nothing that was read is of another stream
            return new Page(part, fitted, look.first(), look.last(), look.epoch(), look.isReset(query.epoch()));
        });
    }

    /** The range without what did not fit into an answer. */
    private static HistoryRange fitted(HistoryRange range, HistoryPart part, boolean isOlder) {
        if (isOlder && part.first() > range.start() && !part.events().isEmpty()) {
            return new HistoryRange(part.first(), range.end(), part.first(), range.newer(), false);
        }
        return part.next() < range.end()
                ? new HistoryRange(range.start(), part.next(), range.older(), part.next(), false)
                : range;
    }

    /** Finds what the query asks for, and reads nothing of it yet. */
    Place place(HistoryQuery query) {
        return read(query, look -> new Place(range(look, query), look.epoch(), look.isReset(query.epoch())));
    }

    /**
     * Reads a part of what was found: its first events, as many as are held at a time for JSON lines.
     *
     * @param epoch in which it was found
     * @throws Problem if the stream is another one, or was set back
     */
    HistoryPart part(HistoryQuery query, HistoryRange range, StreamEpoch epoch) {
        return read(query, look -> {
            MessageSource source = look.source();
            HistoryPart part = source == null
                    ? new HistoryPart(List.of(), 0, range.end())
                    : HistoryPart.read(source, look.filter(), payloads, range, query.limit(), PART_BYTES, false, true);
            if (look.isReset(epoch)) {
                throw Problem.unavailable("the stream was set back or created again meanwhile");
            }
            return part;
        });
    }

    private static HistoryRange range(Look look, HistoryQuery query)
            throws IOException, JetStreamApiException, InterruptedException {
        MessageSource source = look.source();
        if (source == null) {
            return HistoryRange.EMPTY;
        }
        long end = System.nanoTime() + TIME.toNanos();
        var search = new HistorySearch(
                source, look.filter(), look.first(), look.last(), query.limit(), () -> System.nanoTime() - end > 0);
        Instant time = query.time();
        long place = time != null
                ? source.sequenceAt(time)
                : query.hasPlace() ? query.sequence() : query.isOlder() ? look.last() + 1 : look.first();
        return query.isOlder() ? search.older(place) : search.newer(place);
    }

    /**
     * One event, with its payload.
     *
     * @throws Problem if it is not there
     */
    StoredMessage message(long sequence) {
        return read(null, look -> {
            MessageSource source = look.source();
            StoredMessage message = source == null ? null : source.first(sequence, false);
            if (message != null && message.sequence() == sequence) {
                return message;
            }
            throw Problem.of(
                    404,
                    "Not Found",
                    "the stream does not have the event %d, or no longer; its first is %d, its last %d"
                            .formatted(sequence, look.first(), look.last()));
        });
    }

    /** One event, whole, as JSON. */
    byte[] event(long sequence) {
        StoredMessage message = message(sequence);
        StreamView view = poller.view();
        if (view == null) {
            throw Problem.unavailable("the stream cannot be read for now");
        }
        return new HistoryEvent(view, payloads).json(message, true);
    }

    /**
     * @param query null for all that is shown
     */
    private <T> T read(@Nullable HistoryQuery query, Reading<T> reading) {
        Connection connection = connector.connection();
        StreamView view = poller.view();
        if (connection == null || view == null) {
            throw Problem.unavailable(
                    connection == null ? "NATS is not connected" : "the stream cannot be read for now");
        }
        reads.begin();
        try {
            JetStreamManagement management = JetStreams.management(connection, settings);
            HistoryFilter filter = query == null ? HistoryFilter.all(view) : HistoryFilter.of(view, query);
            List<String> subjects = filter.subjects();
            return reading.read(new Look(
                    management.getStreamInfo(settings.stream()),
                    filter,
                    new JetStreamSource(connection, settings, List.of(), largest),
                    subjects == null ? null : new JetStreamSource(connection, settings, subjects, largest)));
        } catch (JetStreamApiException e) {
            throw e.getApiErrorCode() == FILTER_NOT_IN_STREAM
                    ? Problem.badRequest("subject is none of the stream's")
                    : Problem.unavailable("JetStream says: " + e.getMessage());
        } catch (IOException | IllegalStateException e) {
            throw Problem.unavailable("the stream cannot be read for now");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("this replica is ending");
        } finally {
            reads.end();
        }
    }
}
