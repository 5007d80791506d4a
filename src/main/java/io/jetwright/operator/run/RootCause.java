package io.jetwright.operator.run;

/** The failure behind a failure. */
final class RootCause {
    private RootCause() {}

    /** The last in the chain of causes; the failure itself when it has none. */
    static Throwable of(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
