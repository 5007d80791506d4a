package io.jetwright.relay.redrive;

import java.io.IOException;

/** JetStream's answer to a request that it refuses. */
final class ApiRefusal extends IOException {
    static final int STREAM_NOT_FOUND = 10059;
    static final int CONSUMER_NOT_FOUND = 10014;
    static final int MESSAGE_NOT_FOUND = 10037;
    static final int MESSAGE_NOT_DELETED = 10057;
    static final int SEQUENCE_NOT_FOUND = 10043;
    static final int CONSUMER_EXISTS = 10148;
    static final int WRONG_LAST_SEQUENCE = 10071;
    static final int WRONG_LAST_SEQUENCE_CONSTANT = 10164;
    static final int MESSAGE_TOO_LARGE = 10054;

    private static final long serialVersionUID = 1L;

    private final int code;

    /**
     * A refusal.
     *
     * @param code JetStream's own error code, {@code err_code}
     * @param description in JetStream's words
     */
    ApiRefusal(String request, int code, String description) {
        super("JetStream refuses %s: %s (%d)".formatted(request, description, code));
        this.code = code;
    }

    int code() {
        return code;
    }

    /** Whether a message was to be removed, and is not there. */
    boolean saysThatMessageIsGone() {
        return code == MESSAGE_NOT_FOUND
                || code == SEQUENCE_NOT_FOUND
                || (code == MESSAGE_NOT_DELETED && String.valueOf(getMessage()).contains("no message found"));
    }
}
