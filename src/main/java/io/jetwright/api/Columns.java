package io.jetwright.api;

/** The JSON paths of the printer columns that all kinds share. */
final class Columns {
    static final String READY = ".status.conditions[?(@.type==\"Ready\")].status";
    static final String REASON = ".status.conditions[?(@.type==\"Ready\")].reason";
    static final String MESSAGE = ".status.conditions[?(@.type==\"Ready\")].message";
    static final String DEAD_LETTERS = ".status.conditions[?(@.type==\"DeadLetters\")].reason";
    static final String AGE = ".metadata.creationTimestamp";

    private Columns() {}
}
