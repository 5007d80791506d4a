package io.jetwright.status;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Merges an outcome into the conditions that a resource has. */
public final class Conditions {
    /** The longest message that a condition keeps; the Kubernetes API allows 32 KiB. */
    private static final int MESSAGE_LENGTH = 4096;

    private final Clock clock;

    public Conditions(Clock clock) {
        this.clock = clock;
    }

    /**
     * The conditions after an outcome: Ready, Synced and ResolvedRefs always, Reconciling and Stalled while they hold. A
     * condition whose status stays keeps its transition time.
     *
     * @param before null for none
     */
    public List<Condition> merge(
            @Nullable List<Condition> before, Reason reason, String message, @Nullable Long generation) {
        List<Condition> after = new ArrayList<>();
        after.add(condition(before, "Ready", reason.ready(), reason.word(), message, generation));
        after.add(
                condition(before, "Synced", reason.synced(), word(reason, reason.synced(), "InSync"), "", generation));
        after.add(condition(
                before,
                "ResolvedRefs",
                reason.resolvedRefs(),
                word(reason, reason.resolvedRefs(), "Resolved"),
                "",
                generation));
        if (reason.isReconciling()) {
            after.add(condition(before, "Reconciling", Truth.TRUE, reason.word(), message, generation));
        }
        if (reason.isStalled()) {
            after.add(condition(before, "Stalled", Truth.TRUE, reason.word(), message, generation));
        }
        return after;
    }

    /** The conditions after an outcome, with one beside them. */
    public List<Condition> merge(
            @Nullable List<Condition> before,
            Reason reason,
            String message,
            @Nullable Long generation,
            Optional<SideCondition> side) {
        List<Condition> after = merge(before, reason, message, generation);
        side.ifPresent(each -> after.add(
                condition(before, each.type(), each.status(), each.reason().word(), each.message(), generation)));
        return after;
    }

    /** A condition by its type. */
    public static Optional<Condition> find(@Nullable List<Condition> conditions, String type) {
        return conditions == null
                ? Optional.empty()
                : conditions.stream()
                        .filter(condition -> type.equals(condition.getType()))
                        .findFirst();
    }

    /** A condition that holds does so for its own reason, whatever keeps the resource from being Ready. */
    private static String word(Reason reason, Truth status, String holds) {
        return status == Truth.TRUE ? holds : reason.word();
    }

    private Condition condition(
            @Nullable List<Condition> before,
            String type,
            Truth status,
            String reason,
            String message,
            @Nullable Long generation) {
        String since = find(before, type)
                .filter(old -> status.word().equals(old.getStatus()))
                .map(Condition::getLastTransitionTime)
                .orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        return new ConditionBuilder()
                .withType(type)
                .withStatus(status.word())
                .withReason(reason)
                .withMessage(
                        message.length() <= MESSAGE_LENGTH ? message : message.substring(0, MESSAGE_LENGTH - 3) + "...")
                .withLastTransitionTime(since)
                .withObservedGeneration(generation)
                .build();
    }
}
