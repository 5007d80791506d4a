package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of a message once its dead letter is stored. */
public enum DeadLetterSource {
    /** The default: it is acknowledged on behalf of the consumer, so that workqueue and interest streams let go of it. */
    @JsonProperty("Ack")
    ACK,
    /** It stays as it is. */
    @JsonProperty("Keep")
    KEEP
}
