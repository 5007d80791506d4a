package io.jetwright.eventlogger;

/**
 * How the heap is shared, in bytes. Each part has a limit of its own; what exceeds it waits, or is refused. The rest of the
 * heap is for the app itself, for up to {@link #listeners} clients with at most 32 KiB each, and for what is made of the
 * messages that are decoded at the moment.
 *
 * @param message the largest message that is read or published as a whole
 * @param log the newest events
 * @param readAhead messages requested from the stream and not yet in the log, also those that a catch-up requests at a time
 * @param acknowledgeAhead messages requested from the durable consumer
 * @param catchUp events that were read from the stream for listeners and not yet sent
 * @param bodies bodies of requests, complete or not
 * @param publishing bodies of which messages are being made; this takes several times as much
 * @param listeners how many clients may listen at the same time
 */
record MemoryBudget(
        int message,
        int log,
        int readAhead,
        int acknowledgeAhead,
        int catchUp,
        int bodies,
        int publishing,
        int listeners) {
    /** What a message has beside its payload that counts against the server's max_payload or a request's max_bytes. */
    static final int MESSAGE_OVERHEAD = 64 << 10;

    /** A message of 1 MiB, the default of a server's max_payload, is taken as a whole even with a very small heap. */
    private static final int MIN_MESSAGE = (1 << 20) + MESSAGE_OVERHEAD;

    private static final int MAX_LISTENERS = 1_000;
    private static final int LISTENER = 30 << 10;

    /** Shares out the heap that this JVM may have, which follows the container's limit. */
    static MemoryBudget ofThisProcess() {
        return of(Runtime.getRuntime().maxMemory());
    }

    /**
     * Shares out a heap.
     *
     * @param heap in bytes
     */
    static MemoryBudget of(long heap) {
        int message = share(heap, 32, MIN_MESSAGE);
        return new MemoryBudget(
                message,
                share(heap, 8, message),
                message,
                message / 2,
                share(heap, 16, message),
                share(heap, 16, message),
                share(heap, 64, MIN_MESSAGE),
                Math.clamp(heap / 4 / LISTENER, 10, MAX_LISTENERS));
    }

    /** No share is larger than of a heap of 4 GiB: more would only make pauses longer. */
    private static int share(long heap, int part, int least) {
        return (int) Math.max(least, Math.min(heap, 4L << 30) / part);
    }
}
