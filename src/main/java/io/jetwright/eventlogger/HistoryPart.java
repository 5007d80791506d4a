package io.jetwright.eventlogger;

import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Events that were read, as JSON.
 *
 * @param events oldest first
 * @param first the sequence of the first one; 0 without events
 * @param next the sequence from which on there may be more; the range's end if there are none
 */
record HistoryPart(List<byte[]> events, long first, long next) {
    /**
     * Reads the events of a range.
     *
     * @param range of which this begins with the start
     * @param limit how many of them at most
     * @param bytes what they may occupy together, except for a single one
     * @param isNewest whether those that fit are the range's last ones, or its first
     * @param isWhole whether large payloads are shown as a whole
     */
    static HistoryPart read(
            MessageSource source,
            HistoryFilter filter,
            PayloadDecoder payloads,
            HistoryRange range,
            int limit,
            int bytes,
            boolean isNewest,
            boolean isWhole)
            throws IOException, JetStreamApiException, InterruptedException {
        var event = new HistoryEvent(filter.view(), payloads);
        Deque<byte[]> events = new ArrayDeque<>();
        Deque<Long> sequences = new ArrayDeque<>();
        long size = 0;
        long next = range.end();
        if (range.start() < range.end()) {
            try (MessageSource.Messages messages = source.from(range.start(), false)) {
                for (StoredMessage each = messages.next();
                        each != null && each.sequence() < range.end();
                        each = messages.next()) {
                    if (!filter.matches(each)) {
                        continue;
                    }
                    byte[] json = event.json(each, isWhole);
                    boolean isFull = !events.isEmpty() && (events.size() == limit || size + json.length > bytes);
                    if (isFull && !isNewest) {
                        next = each.sequence();
                        break;
                    }
                    events.addLast(json);
                    sequences.addLast(each.sequence());
                    size += json.length;
                    while (events.size() > 1 && (events.size() > limit || size > bytes)) {
                        size -= events.removeFirst().length;
                        sequences.removeFirst();
                    }
                }
            }
        }
        return new HistoryPart(List.copyOf(events), sequences.isEmpty() ? 0 : sequences.getFirst(), next);
    }
}
