package io.jetwright.nats;

/** Why there is no connection. The message is for people, says what to do, and quotes nothing secret. */
public final class ConnectFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** What prevents the connection. */
    public enum Kind {
        /** No server answers. Attempts may succeed later without a change. */
        UNREACHABLE,

        /** TLS failed: one side does not trust the other, only one side speaks TLS, or certificates cannot be read. */
        INSECURE,

        /** The credentials cannot be read, the server refuses them, or the user lacks a permission that is always needed. */
        DENIED
    }

    private final Kind kind;

    /**
     * A failure.
     *
     * @param message says what to do, and quotes nothing secret
     */
    public ConnectFailure(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
