package io.jetwright.relay.redrive;

import java.io.IOException;

/** Another process has taken over. */
final class TakenOverException extends IOException {
    private static final long serialVersionUID = 1L;

    TakenOverException() {
        super("another relay has taken over");
    }
}
