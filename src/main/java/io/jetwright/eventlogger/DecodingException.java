package io.jetwright.eventlogger;

import java.io.IOException;
import java.io.Serial;

/** A payload cannot be decoded. The message says why, as the end of a sentence. */
final class DecodingException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    DecodingException(String message) {
        super(message);
    }
}
