package io.jetwright.operator.report;

import java.util.function.Supplier;

/**
 * Keeps an error that one resource causes from all others. The Java Operator SDK handles exceptions, and never learns that a
 * reconciliation has ended with an {@link Error}; so the operator ends then, see
 * {@link io.jetwright.operator.run.Workplaces Workplaces}.
 */
public final class Containment {
    private Containment() {}

    /** Does this; an error that is not one of the whole JVM becomes an exception. */
    public static <T> T of(Supplier<T> reconciliation) {
        try {
            return reconciliation.get();
        } catch (StackOverflowError | LinkageError | AssertionError e) {
            throw new IllegalStateException(String.valueOf(e), e);
        }
    }
}
