package io.jetwright.eventlogger;

import io.nats.client.JetStreamApiException;
import java.io.IOException;

/** Finds the sequence of the stream at which the history begins. */
final class HistoryStart {
    /** From the start on there may be this many times the events of the history: a closer start takes more requests. */
    private static final int TOLERANCE = 4;

    /** By how much the range is enlarged that has too few events. */
    private static final int GROWTH = 8;

    private HistoryStart() {}

    /** Counts the events of the stream. */
    @FunctionalInterface
    interface Count {
        /** The number of events from this sequence on. */
        long from(long sequence) throws IOException, JetStreamApiException;
    }

    /**
     * Finds a sequence from which on the stream has at least as many events as the history, and not many more. In a
     * stream with other subjects or with gaps, the last sequence minus the size of the history would be too late.
     *
     * @param firstSequence of the stream
     * @param lastSequence of the stream
     * @param historySize in events; at least 1
     * @return the first sequence, if the stream does not have that many events
     */
    static long find(long firstSequence, long lastSequence, int historySize, Count count)
            throws IOException, JetStreamApiException {
        long first = Math.max(firstSequence, 1);
        long window = historySize;
        long tooLate = lastSequence + 1;
        long start = Math.max(first, lastSequence - window + 1);
        while (start > first && count.from(start) < historySize) {
            tooLate = start;
            window *= GROWTH;
            start = Math.max(first, lastSequence - window + 1);
        }
        while (tooLate - start > historySize && count.from(start) > (long) TOLERANCE * historySize) {
            long middle = start + (tooLate - start) / 2;
            if (count.from(middle) < historySize) {
                tooLate = middle;
            } else {
                start = middle;
            }
        }
        return start;
    }
}
