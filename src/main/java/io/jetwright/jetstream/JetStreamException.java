package io.jetwright.jetstream;

import io.jetwright.nats.ConnectFailure;

/** Why JetStream did not do as it was asked. The message is for people, and says what to do. */
public abstract sealed class JetStreamException extends Exception {
    private static final long serialVersionUID = 1L;

    private JetStreamException(String message) {
        super(message);
    }

    /** Why there is no connection. */
    static JetStreamException of(ConnectFailure failure) {
        return switch (failure.kind()) {
            case UNREACHABLE -> new Unreachable(failure.getMessage());
            case INSECURE -> new Insecure(failure.getMessage());
            case DENIED -> new Denied(failure.getMessage());
        };
    }

    /** No answer; it may come when the server is back. */
    public static final class Unreachable extends JetStreamException {
        private static final long serialVersionUID = 1L;

        Unreachable(String message) {
            super(message);
        }
    }

    /** The connection is being made for the first time; its listener is told what comes of it. */
    public static final class Pending extends JetStreamException {
        private static final long serialVersionUID = 1L;

        Pending(String message) {
            super(message);
        }
    }

    /** TLS does not come about: one side does not trust the other, or only one side speaks it. */
    public static final class Insecure extends JetStreamException {
        private static final long serialVersionUID = 1L;

        Insecure(String message) {
            super(message);
        }
    }

    /** The server knows us and does not let us. */
    public static final class Denied extends JetStreamException {
        private static final long serialVersionUID = 1L;

        Denied(String message) {
            super(message);
        }
    }

    /** The server, or the account, has no JetStream. */
    public static final class Disabled extends JetStreamException {
        private static final long serialVersionUID = 1L;

        Disabled(String message) {
            super(message);
        }
    }

    /** The stream that a consumer is asked of does not exist. */
    public static final class NoStream extends JetStreamException {
        private static final long serialVersionUID = 1L;

        NoStream(String message) {
            super(message);
        }
    }

    /** JetStream answered with an error, which asking again does not cure. */
    public static final class Rejected extends JetStreamException {
        private static final long serialVersionUID = 1L;

        private final int code;

        Rejected(int code, String message) {
            super(message);
            this.code = code;
        }

        /** The server's {@code err_code}. */
        public int code() {
            return code;
        }
    }
}
