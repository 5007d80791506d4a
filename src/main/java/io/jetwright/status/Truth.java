package io.jetwright.status;

/** The status of a condition. */
public enum Truth {
    TRUE("True"),
    FALSE("False"),
    UNKNOWN("Unknown");

    private final String word;

    Truth(String word) {
        this.word = word;
    }

    /** As the Kubernetes API writes it. */
    public String word() {
        return word;
    }
}
