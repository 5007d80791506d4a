package io.jetwright.relay;

/** What became of a message that has died. */
enum Outcome {
    /** Its letter is stored. */
    STORED("stored"),
    /** Its letter was stored before, by this relay or another one. */
    DUPLICATE("duplicate"),
    /** The message is gone, and the letter says so. */
    GONE("gone"),
    /** The message is too large, and the letter points to it. */
    TOO_LARGE("too_large"),
    /** Its consumer has no dead letters for this reason. */
    IGNORED("ignored"),
    /** It waits: something is in the way, and it is tried again. */
    FAILED("failed");

    private final String word;

    Outcome(String word) {
        this.word = word;
    }

    /** As metrics have it. */
    String word() {
        return word;
    }
}
