package io.jetwright.operator;

import io.jetwright.jetstream.JetStreamException;
import io.jetwright.operator.Kind.Sight;
import io.jetwright.operator.report.Deed;
import io.jetwright.plan.Difference;
import io.jetwright.status.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a reconciliation came to.
 *
 * @param message for people; says what to do where something is to be done
 * @param drift where JetStream disagrees still
 * @param deed what was done to JetStream; null for nothing
 */
record Outcome(
        Reason reason,
        String message,
        Sight sight,
        List<Difference> drift,
        @Nullable Deed deed) {
    static Outcome of(Reason reason, String message) {
        return new Outcome(reason, message, new Sight.Unseen(), List.of(), null);
    }

    static Outcome of(Reason reason, String message, Sight sight) {
        return new Outcome(reason, message, sight, List.of(), null);
    }

    static Outcome failed(JetStreamException failure) {
        Reason reason =
                switch (failure) {
                    case JetStreamException.Connecting e -> Reason.CONNECTING;
                    case JetStreamException.Unreachable e -> Reason.UNREACHABLE;
                    case JetStreamException.Insecure e -> Reason.INSECURE;
                    case JetStreamException.Denied e -> Reason.DENIED;
                    case JetStreamException.Disabled e -> Reason.JETSTREAM_DISABLED;
                    case JetStreamException.NoStream e -> Reason.STREAM_NOT_READY;
                    case JetStreamException.Rejected e -> Reason.REJECTED;
                };
        String message = String.valueOf(failure.getMessage());
        return failure instanceof JetStreamException.NoStream
                ? of(reason, message, new Sight.Absent())
                : of(reason, message);
    }

    Outcome because(Reason another, String words) {
        return new Outcome(another, words, sight, drift, deed);
    }

    Outcome drift(List<Difference> differences) {
        return new Outcome(reason, message, sight, differences, deed);
    }

    Outcome sight(Sight sight) {
        return new Outcome(reason, message, sight, drift, deed);
    }

    Outcome deed(String word, String what) {
        return new Outcome(reason, message, sight, drift, new Deed(word, what));
    }
}
