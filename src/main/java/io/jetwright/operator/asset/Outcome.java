package io.jetwright.operator.asset;

import io.jetwright.jetstream.JetStreamException;
import io.jetwright.operator.asset.kind.Sight;
import io.jetwright.operator.report.Assessment;
import io.jetwright.operator.report.Deed;
import io.jetwright.plan.Difference;
import io.jetwright.plan.Mapping;
import io.jetwright.status.Reason;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a reconciliation came to.
 *
 * @param message for people; says what to do where something is to be done
 * @param drift where JetStream disagrees still
 * @param unmanaged what JetStream has beyond the spec, and keeps
 * @param deed what was done to JetStream; null for nothing
 */
record Outcome(
        Reason reason,
        String message,
        Sight sight,
        List<Difference> drift,
        List<Difference> unmanaged,
        @Nullable Deed deed) {
    private static final int UNMANAGED_TOLD = 5;

    static Outcome of(Reason reason, String message) {
        return new Outcome(reason, message, new Sight.Unseen(), List.of(), List.of(), null);
    }

    static Outcome of(Reason reason, String message, Sight sight) {
        return new Outcome(reason, message, sight, List.of(), List.of(), null);
    }

    /**
     * What a failure comes to.
     *
     * @param mapping of the resource's kind, which knows the fields that its spec has
     */
    static Outcome failed(JetStreamException failure, Mapping<?> mapping) {
        Assessment assessment = Assessment.of(failure, mapping::specField);
        Sight sight = failure instanceof JetStreamException.NoStream ? new Sight.Absent() : new Sight.Unseen();
        return of(assessment.reason(), assessment.message(), sight);
    }

    /** What the conditions and Events say of it. */
    Assessment assessment() {
        return new Assessment(reason, message);
    }

    Outcome because(Reason another, String words) {
        return new Outcome(another, words, sight, drift, unmanaged, deed);
    }

    Outcome drift(List<Difference> differences) {
        return new Outcome(reason, message, sight, differences, unmanaged, deed);
    }

    Outcome sight(Sight sight) {
        return new Outcome(reason, message, sight, drift, unmanaged, deed);
    }

    Outcome deed(String word, String what) {
        return deed(new Deed(word, what));
    }

    Outcome deed(@Nullable Deed done) {
        return new Outcome(reason, message, sight, drift, unmanaged, done);
    }

    /** With what JetStream has beyond the spec; an outcome that all is as it should be says so, too. */
    Outcome unmanaged(List<Difference> differences) {
        boolean isTold = reason == Reason.IN_SYNC && !differences.isEmpty();
        return new Outcome(
                reason,
                isTold ? message + ". Beyond the spec it has " + first(differences) : message,
                sight,
                drift,
                differences,
                deed);
    }

    private static String first(List<Difference> differences) {
        String told = differences.stream()
                .limit(UNMANAGED_TOLD)
                .map(difference -> difference.field() + ": " + difference.actual())
                .collect(Collectors.joining("; "));
        int more = differences.size() - UNMANAGED_TOLD;
        return more > 0 ? told + "; and " + more + " more" : told;
    }
}
