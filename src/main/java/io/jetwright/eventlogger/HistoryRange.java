package io.jetwright.eventlogger;

import org.jspecify.annotations.Nullable;

/**
 * The part of the stream that answers a query.
 *
 * @param start its first sequence
 * @param end the sequence after its last one
 * @param older what continues it in this direction, as the query's place; null at the stream's end
 * @param newer what continues it in this direction, as the query's place; null at the stream's end
 * @param isComplete false if the search has ended before it had found as much as was asked for, and before the stream's end
 */
record HistoryRange(
        long start,
        long end,
        @Nullable Long older,
        @Nullable Long newer,
        boolean isComplete) {
    /** Of a stream that has nothing of what is asked for. */
    static final HistoryRange EMPTY = new HistoryRange(1, 1, null, null, true);
}
