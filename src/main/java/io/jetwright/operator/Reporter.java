package io.jetwright.operator;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.jetwright.api.Asset;
import io.jetwright.api.AssetSpec;
import io.jetwright.api.AssetStatus;
import io.jetwright.api.Drift;
import io.jetwright.status.Conditions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns an outcome into the resource's status, and tells of it by an Event where something happened. */
final class Reporter<R extends Asset<S, T>, S extends AssetSpec, T extends AssetStatus> {
    private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);

    private final Kind<R, S, T> kind;
    private final Conditions conditions;
    private final Events events;

    Reporter(Kind<R, S, T> kind, Conditions conditions, Events events) {
        this.kind = kind;
        this.conditions = conditions;
        this.events = events;
    }

    /** The status to patch; empty when it is already so. */
    Optional<R> report(R resource, Outcome outcome) {
        T before = resource.getStatus();
        Long generation = resource.getMetadata().getGeneration();
        List<Condition> known = before == null ? null : before.conditions();
        List<Condition> merged = conditions.merge(known, outcome.reason(), outcome.message(), generation);
        tell(resource, outcome, isNews(known, merged));
        List<Drift> drift = outcome.drift().stream()
                .map(difference -> new Drift(difference.field(), difference.desired(), difference.actual()))
                .toList();
        T after = kind.with(kind.known(outcome.sight(), before), generation, merged, drift.isEmpty() ? null : drift);
        if (after.equals(before)) {
            return Optional.empty();
        }
        R fresh = kind.withStatus(after);
        fresh.setMetadata(new ObjectMetaBuilder()
                .withName(resource.getMetadata().getName())
                .withNamespace(resource.getMetadata().getNamespace())
                .build());
        return Optional.of(fresh);
    }

    private void tell(R resource, Outcome outcome, boolean isNews) {
        Outcome.Deed deed = outcome.deed();
        if (deed != null) {
            events.normal(resource, deed.word(), deed.message());
        }
        if (isNews) {
            if (outcome.reason().isStalled()) {
                events.warning(resource, outcome.reason().word(), outcome.message());
            } else if (deed == null) {
                LOG.info("{}: {}", outcome.reason().word(), outcome.message());
            }
        }
    }

    private static boolean isNews(@Nullable List<Condition> before, List<Condition> after) {
        Condition ready = Conditions.find(after, "Ready").orElseThrow();
        return Conditions.find(before, "Ready")
                .filter(known -> Objects.equals(known.getReason(), ready.getReason())
                        && Objects.equals(known.getMessage(), ready.getMessage()))
                .isEmpty();
    }
}
