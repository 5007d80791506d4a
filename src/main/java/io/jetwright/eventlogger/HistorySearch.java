package io.jetwright.eventlogger;

import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the part of the stream that answers a query. Reads no payloads. JetStream counts what matches, so that a search by
 * subject is short; what only the app can see is looked for in at most {@link #MAX_MESSAGES} messages.
 */
final class HistorySearch {
    static final int MAX_MESSAGES = 10_000;

    /** How many messages are looked at before it is asked whether that was enough. */
    private static final int WINDOW = 1_000;

    /** By how much {@link HistoryStart} can exceed what it is asked for. */
    private static final int TOLERANCE = 4;

    private final MessageSource source;
    private final HistoryFilter filter;
    private final long first;
    private final long last;
    private final int limit;
    private final BooleanSupplier isLate;
    private int seen;

    /**
     * @param first sequence of the stream
     * @param last sequence of the stream
     * @param limit how many messages are wanted
     * @param isLate whether to stop
     */
    HistorySearch(
            MessageSource source, HistoryFilter filter, long first, long last, int limit, BooleanSupplier isLate) {
        this.source = source;
        this.filter = filter;
        this.first = Math.max(first, 1);
        this.last = last;
        this.limit = limit;
        this.isLate = isLate;
    }

    /** The newest messages before this sequence. */
    HistoryRange older(long sequence) throws IOException, JetStreamApiException, InterruptedException {
        long end = Math.clamp(sequence, first, Math.max(first, last + 1));
        long after = end > last ? 0 : source.count(end);
        Long newer = after > 0 ? end : null;
        // one more shows whether there are older ones
        int goal = filter.isExact() ? limit + 1 : limit;
        Deque<Long> found = new ArrayDeque<>();
        long from = end;
        while (from > first && found.size() < goal && !isSpent()) {
            int wanted = filter.isExact() ? goal - found.size() : window();
            long newerThanWindow = from == end ? after : source.count(from);
            long start = HistoryStart.find(first, from - 1, wanted, each -> source.count(each) - newerThanWindow);
            List<Long> part = scan(start, from, goal - found.size());
            part.reversed().forEach(found::addFirst);
            from = start;
        }
        if (filter.isExact() && found.size() == goal) {
            found.removeFirst();
            return new HistoryRange(found.getFirst(), end, found.getFirst(), newer, true);
        }
        boolean isAll = from <= first;
        boolean isEnough = found.size() >= limit;
        long start = found.isEmpty() ? end : found.getFirst();
        Long older = isEnough ? beyondFirst(start) : isAll ? null : Long.valueOf(from);
        return new HistoryRange(start, end, older, newer, isEnough || isAll);
    }

    private @Nullable Long beyondFirst(long sequence) {
        return sequence > first ? sequence : null;
    }

    private boolean isSpent() {
        return !filter.isExact() && (seen > MAX_MESSAGES - TOLERANCE || isLate.getAsBoolean());
    }

    private int window() {
        return Math.max(1, Math.min(WINDOW, (MAX_MESSAGES - seen) / TOLERANCE));
    }

    /** The newest sequences of what matches from the start to before the end. */
    private List<Long> scan(long start, long end, int most)
            throws IOException, JetStreamApiException, InterruptedException {
        Deque<Long> newest = new ArrayDeque<>();
        try (MessageSource.Messages messages = source.from(start, true)) {
            for (StoredMessage each = messages.next(); each != null && each.sequence() < end; each = messages.next()) {
                seen++;
                if (filter.matches(each)) {
                    newest.addLast(each.sequence());
                    if (newest.size() > most) {
                        newest.removeFirst();
                    }
                }
            }
        }
        return new ArrayList<>(newest);
    }

    /** The oldest messages from this sequence on. */
    HistoryRange newer(long sequence) throws IOException, JetStreamApiException, InterruptedException {
        long start = Math.clamp(sequence, first, Math.max(first, last + 1));
        Long older = start > first && (filter.isOpen() || source.count(first) > source.count(start)) ? start : null;
        int found = 0;
        long end = start;
        try (MessageSource.Messages messages = source.from(start, true)) {
            for (StoredMessage each = messages.next(); each != null; each = messages.next()) {
                seen++;
                if (filter.matches(each)) {
                    if (found == limit) {
                        return new HistoryRange(start, end, older, each.sequence(), true);
                    }
                    found++;
                    end = each.sequence() + 1;
                }
                if (!filter.isExact() && each.sequence() < last) {
                    if (found == limit) {
                        return new HistoryRange(start, end, older, end, true);
                    }
                    if (isSpent()) {
                        return new HistoryRange(start, end, older, each.sequence() + 1, false);
                    }
                }
            }
        }
        return new HistoryRange(start, end, older, null, true);
    }
}
