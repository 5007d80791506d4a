package io.jetwright.operator.report;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.jetwright.api.JetwrightResource;
import io.jetwright.api.Reported;
import io.jetwright.status.Conditions;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reports how the resources of a kind are: in their status, and by Events where something has happened. */
public final class Reporter<R extends JetwrightResource<?, T>, T extends Reported> {
    private final Supplier<R> empty;
    private final UnaryOperator<T> own;
    private final BiPredicate<@Nullable T, T> isDue;
    private final Conditions conditions;
    private final News news;

    /**
     * A reporter for a kind.
     *
     * @param empty makes an empty resource of the kind
     */
    public Reporter(Supplier<R> empty, Conditions conditions, Events events) {
        this(empty, UnaryOperator.identity(), (before, after) -> !after.equals(before), conditions, events);
    }

    /**
     * A reporter for a kind whose status others write parts of, or is not worth a write whenever it differs.
     *
     * @param empty makes an empty resource of the kind
     * @param own leaves out of a status what others write
     * @param isDue whether a status is written in the place of the one before, which is null for the first
     */
    public Reporter(
            Supplier<R> empty,
            UnaryOperator<T> own,
            BiPredicate<@Nullable T, T> isDue,
            Conditions conditions,
            Events events) {
        this.empty = empty;
        this.own = own;
        this.isDue = isDue;
        this.conditions = conditions;
        this.news = new News(events);
    }

    /**
     * Reports, and has the API server take the status if it is worth that.
     *
     * @param deed what was done; null for nothing
     * @param status makes the status with these conditions
     */
    public void report(
            R resource,
            Assessment assessment,
            @Nullable Deed deed,
            Function<List<Condition>, T> status,
            Context<R> context) {
        report(resource, assessment, deed, status).ifPresent(fresh -> StatusPatch.apply(resource, fresh, context));
    }

    /** Reports by Events only; returns a resource with no more than its name and the status to write, if it is worth that. */
    public Optional<R> report(
            R resource, Assessment assessment, @Nullable Deed deed, Function<List<Condition>, T> status) {
        T before = resource.getStatus();
        List<Condition> known = before == null ? null : before.conditions();
        List<Condition> merged = conditions.merge(
                known,
                assessment.reason(),
                assessment.message(),
                resource.getMetadata().getGeneration(),
                assessment.side());
        news.tell(resource, deed, assessment, known, merged);
        T after = status.apply(merged);
        if (!isDue.test(before, after)) {
            return Optional.empty();
        }
        R fresh = empty.get();
        fresh.setMetadata(new ObjectMetaBuilder()
                .withNamespace(resource.getMetadata().getNamespace())
                .withName(resource.getMetadata().getName())
                .build());
        fresh.setStatus(own.apply(after));
        return Optional.of(fresh);
    }
}
