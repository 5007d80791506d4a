package io.jetwright.operator.connection;

/** Whose credentials a Connection comes to: each process that reads Connections may have its own. */
public enum CredentialsOf {
    /** The operator. */
    OPERATOR("the operator"),
    /** The relay of dead letters, which takes {@code spec.deadLetters} of a Connection, and else what the operator takes. */
    RELAY("the relay of dead letters");

    private final String words;

    CredentialsOf(String words) {
        this.words = words;
    }

    /** What messages call it. */
    public String words() {
        return words;
    }
}
