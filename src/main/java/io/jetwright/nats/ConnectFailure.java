package io.jetwright.nats;

/** Why there is no connection. The message is for people, says what to do, and quotes nothing secret. */
public final class ConnectFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is in the way. */
    public enum Kind {
        /** No answer; it may come when the server is back. */
        UNREACHABLE,

        /** TLS does not come about: one side does not trust the other, or only one side speaks it. */
        INSECURE,

        /** The credentials are none, or not those that the server lets in. */
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
