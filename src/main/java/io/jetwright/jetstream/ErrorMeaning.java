package io.jetwright.jetstream;

/** What an error of JetStream's API says of the request: whether and when it is worth while to ask again. */
public enum ErrorMeaning {
    /** The server, or the account, has no JetStream. */
    DISABLED,
    /** JetStream cannot do it for now; it passes by itself. */
    UNAVAILABLE,
    /** JetStream keeps the object, and cannot run it: mostly it takes a newer server. */
    OFFLINE,
    /** Another stream or consumer, or what they use of the account's limits, is in the way. */
    BLOCKED_BY_OBJECT,
    /** A client is in the way. No advisory tells when it is gone. */
    BLOCKED_BY_CLIENT,
    /** The server failed at it. */
    INTERNAL,
    /** Only another configuration, of the object or of the server, helps. */
    FINAL
}
