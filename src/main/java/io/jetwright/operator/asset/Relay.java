package io.jetwright.operator.asset;

import io.jetwright.operator.report.Assessment;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The relay of dead letters, a process of its own, as the operator sees it. */
public interface Relay {
    /** Why it relays nothing for anybody, or why that is not known; empty if it runs. */
    Optional<Assessment> problem();

    /**
     * From now on looks whether it runs.
     *
     * @param isWanted whether somebody wants to know at the time
     * @param changed called when {@link #problem} is another one
     */
    void watch(BooleanSupplier isWanted, Runnable changed);
}
