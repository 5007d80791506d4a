package io.jetwright.operator.asset;

import io.jetwright.jetstream.JetStreamException;
import io.jetwright.operator.asset.kind.Kind.Sight;
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
public record Outcome(
        Reason reason,
        String message,
        Sight sight,
        List<Difference> drift,
        @Nullable Deed deed) {
    public static Outcome of(Reason reason, String message) {
        return new Outcome(reason, message, new Sight.Unseen(), List.of(), null);
    }

    public static Outcome of(Reason reason, String message, Sight sight) {
        return new Outcome(reason, message, sight, List.of(), null);
    }

    public static Outcome failed(JetStreamException failure) {
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

    public Outcome because(Reason another, String words) {
        return new Outcome(another, words, sight, drift, deed);
    }

    public Outcome drift(List<Difference> differences) {
        return new Outcome(reason, message, sight, differences, deed);
    }

    public Outcome sight(Sight sight) {
        return new Outcome(reason, message, sight, drift, deed);
    }

    public Outcome deed(String word, String what) {
        return new Outcome(reason, message, sight, drift, new Deed(word, what));
    }
}
