package io.jetwright.jetstream;

/** Why JetStream, or the connection to it, has failed: one of each type. */
public final class Failures {
    private Failures() {}

    public static JetStreamException unreachable(String message) {
        return new JetStreamException.Unreachable(message);
    }

    public static JetStreamException connecting(String message) {
        return new JetStreamException.Pending(message);
    }

    public static JetStreamException insecure(String message) {
        return new JetStreamException.Insecure(message);
    }

    public static JetStreamException denied(String message) {
        return new JetStreamException.Denied(message);
    }

    public static JetStreamException disabled(String message) {
        return new JetStreamException.Disabled(message, Cure.NONE);
    }

    public static JetStreamException noStream(String message) {
        return new JetStreamException.NoStream(message);
    }

    public static JetStreamException rejected(String message) {
        return new JetStreamException.Rejected(
                10065, ErrorMeaning.FINAL, message, Cure.of("change {subjects}", "change the other stream"));
    }

    public static JetStreamException rejected(ErrorMeaning meaning) {
        return new JetStreamException.Rejected(10065, meaning, "why", Cure.NONE);
    }
}
