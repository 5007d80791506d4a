package io.jetwright.operator.asset;

import io.jetwright.jetstream.JetStreamException;
import io.jetwright.operator.asset.kind.Sight;
import io.jetwright.operator.report.Assessment;
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
        Assessment assessment = Assessment.of(failure);
        Sight sight = failure instanceof JetStreamException.NoStream ? new Sight.Absent() : new Sight.Unseen();
        return of(assessment.reason(), assessment.message(), sight);
    }

    /** What the conditions and Events say of it. */
    Assessment assessment() {
        return new Assessment(reason, message);
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
