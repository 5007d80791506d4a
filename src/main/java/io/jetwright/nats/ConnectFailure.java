package io.jetwright.nats;

/** Why there is no connection. The message is for people, says what to do, and quotes nothing secret. */
public abstract sealed class ConnectFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private ConnectFailure(String message) {
        super(message);
    }

    /** No answer; it may come when the server is back. */
    public static final class Unreachable extends ConnectFailure {
        private static final long serialVersionUID = 1L;

        Unreachable(String message) {
            super(message);
        }
    }

    /** TLS does not come about: one side does not trust the other, or only one side speaks it. */
    public static final class Insecure extends ConnectFailure {
        private static final long serialVersionUID = 1L;

        Insecure(String message) {
            super(message);
        }
    }

    /** The credentials are none, or not those that the server lets in. */
    public static final class Denied extends ConnectFailure {
        private static final long serialVersionUID = 1L;

        Denied(String message) {
            super(message);
        }
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
