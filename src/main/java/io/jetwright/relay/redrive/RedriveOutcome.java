package io.jetwright.relay.redrive;

/** What became of a dead letter that a Redrive has selected, once the Redrive is done with it. */
public enum RedriveOutcome {
    /** JetStream has confirmed its message, and the dead letter is removed. */
    SENT("sent"),
    /** It has no payload, and was skipped. */
    NO_PAYLOAD("no_payload"),
    /** Its message is larger than the stream takes that it should go to; the dead letter stays. */
    TOO_LARGE("too_large"),
    /** The relay has not finished with it; it stays. */
    UNFINISHED("unfinished"),
    /** It cannot be known whether its message was sent; it stays. */
    UNCERTAIN("uncertain");

    private final String word;

    RedriveOutcome(String word) {
        this.word = word;
    }

    /** As metrics have it. */
    public String word() {
        return word;
    }
}
