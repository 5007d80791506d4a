package io.jetwright.process;

/** The failure behind a failure. */
public final class RootCause {
    private RootCause() {}

    /** The last in the chain of causes; the failure itself when it has none. */
    public static Throwable of(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
