package io.jetwright.relay.redrive;

/** Where a Redrive is noted beside JetStream: in its resource. */
interface Notes {
    /** What the resource says of what there is to do. */
    enum State {
        /** It was never begun. */
        NEW,
        BEGUN,
        /** It has ended, or is gone, or is being deleted. */
        OVER
    }

    /** As the API server has it now, and not a cache. */
    State state();

    /** Notes that it has begun, by the progress as it is. Returns when it is written. */
    void begun();

    /** Notes how it has ended. Returns when it is written. */
    void ended(Verdict verdict);
}
