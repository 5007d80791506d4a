package io.jetwright.operator.asset;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.jetwright.api.Asset;
import io.jetwright.api.AssetSpec;
import io.jetwright.api.AssetStatus;
import io.jetwright.api.Drift;
import io.jetwright.operator.asset.kind.Kind;
import io.jetwright.operator.report.Events;
import io.jetwright.operator.report.News;
import io.jetwright.status.Conditions;
import java.util.List;
import java.util.Optional;

/** Turns an outcome into the resource's status, and tells of it by an Event where something happened. */
final class Reporter<R extends Asset<S, T>, S extends AssetSpec, T extends AssetStatus> {
    private final Kind<R, S, T> kind;
    private final Conditions conditions;
    private final News news;

    Reporter(Kind<R, S, T> kind, Conditions conditions, Events events) {
        this.kind = kind;
        this.conditions = conditions;
        this.news = new News(events);
    }

    /** The status to patch; empty when it is already so. */
    Optional<R> report(R resource, Outcome outcome) {
        T before = resource.getStatus();
        Long generation = resource.getMetadata().getGeneration();
        List<Condition> known = before == null ? null : before.conditions();
        List<Condition> merged = conditions.merge(known, outcome.reason(), outcome.message(), generation);
        news.tell(resource, outcome.deed(), outcome.reason(), outcome.message(), known, merged);
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
}
