package io.jetwright.jetstream;

import io.jetwright.nats.ConnectFailure;
import java.util.Optional;
import java.util.function.Function;

/** Why a request to JetStream failed. The message is for people, and quotes nothing secret. */
public abstract sealed class JetStreamException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Cure cure;

    private JetStreamException(String message) {
        this(message, Cure.NONE);
    }

    private JetStreamException(String message, Cure cure) {
        super(message);
        this.cure = cure;
    }

    /**
     * The message, and what to do.
     *
     * @param fields as {@link Cure#words} has them
     */
    public String withCure(Function<String, Optional<String>> fields) {
        String words = cure.words(fields);
        return words.isEmpty() ? String.valueOf(getMessage()) : getMessage() + ". " + words;
    }

    /** The failure of requests while there is no connection for this reason. */
    static JetStreamException of(ConnectFailure failure) {
        return switch (failure.kind()) {
            case UNREACHABLE -> new Unreachable(failure.getMessage());
            case INSECURE -> new Insecure(failure.getMessage());
            case DENIED -> new Denied(failure.getMessage());
        };
    }

    /** There is no connection, or no answer. Requests may succeed later without a change. */
    public static sealed class Unreachable extends JetStreamException {
        private static final long serialVersionUID = 1L;

        Unreachable(String message) {
            super(message);
        }
    }

    /** The connection is up, and nobody behind the domain or the import responds. */
    public static final class NoResponders extends Unreachable {
        private static final long serialVersionUID = 1L;

        NoResponders(String message) {
            super(message);
        }
    }

    /** JetStream answered that it cannot do it for now; it passes by itself. */
    public static final class Unavailable extends JetStreamException {
        private static final long serialVersionUID = 1L;

        Unavailable(String message, Cure cure) {
            super(message, cure);
        }
    }

    /** JetStream keeps the object, and cannot run it: mostly it takes a newer server. */
    public static final class Offline extends JetStreamException {
        private static final long serialVersionUID = 1L;

        Offline(String message, Cure cure) {
            super(message, cure);
        }
    }

    /** The connection is being made for the first time; its listener is told what comes of it. */
    public static final class Pending extends JetStreamException {
        private static final long serialVersionUID = 1L;

        Pending(String message) {
            super(message);
        }
    }

    /** There is no connection because TLS failed: one side does not trust the other, or only one side speaks TLS. */
    public static final class Insecure extends JetStreamException {
        private static final long serialVersionUID = 1L;

        Insecure(String message) {
            super(message);
        }
    }

    /** The server refuses the credentials, or the user lacks a permission. */
    public static final class Denied extends JetStreamException {
        private static final long serialVersionUID = 1L;

        Denied(String message) {
            super(message);
        }
    }

    /** The server, or the account, has no JetStream. */
    public static final class Disabled extends JetStreamException {
        private static final long serialVersionUID = 1L;

        Disabled(String message, Cure cure) {
            super(message, cure);
        }
    }

    /** The stream of the consumer that the request is about does not exist. */
    public static final class NoStream extends JetStreamException {
        private static final long serialVersionUID = 1L;

        NoStream(String message) {
            super(message);
        }
    }

    /** JetStream answered with an error, which passes at the earliest when something else has changed. */
    public static final class Rejected extends JetStreamException {
        private static final long serialVersionUID = 1L;

        private final int code;
        private final ErrorMeaning meaning;

        Rejected(int code, ErrorMeaning meaning, String message, Cure cure) {
            super(message, cure);
            this.code = code;
            this.meaning = meaning;
        }

        /** The server's {@code err_code}. */
        public int code() {
            return code;
        }

        /** What is in the way. */
        public ErrorMeaning meaning() {
            return meaning;
        }
    }
}
