package io.jetwright.relay.redrive;

/** Is told what becomes of dead letters. Called by many threads. */
@FunctionalInterface
public interface RedriveCounter {
    /** So many more dead letters have ended so. */
    void count(RedriveOutcome outcome, long letters);
}
