package io.jetwright.operator.asset.kind;

import io.fabric8.kubernetes.api.model.Condition;
import io.jetwright.api.Asset;
import io.jetwright.api.AssetStatus;
import io.jetwright.api.Drift;
import io.jetwright.api.Unmanaged;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the statuses of a kind show of the JetStream object.
 *
 * @param resource makes an empty resource of the kind
 * @param nothing the status while nothing is known
 * @param reading the status that JetStream's answer comes to; the second argument is the status so far, for what the answer
 *     leaves out
 * @param forgetting what is left of a status when JetStream has no such object any more
 * @param placing what is left of a status when it is not known any more which object it is about
 * @param reporting adds a report to what is known
 * @param own leaves out of a status what others write
 */
public record View<R extends Asset<?, T>, T extends AssetStatus>(
        Supplier<R> resource,
        T nothing,
        BiFunction<Sight.Seen, T, T> reading,
        UnaryOperator<T> forgetting,
        UnaryOperator<T> placing,
        Reporting<T> reporting,
        UnaryOperator<T> own) {
    /** A view of a status that the operator alone writes. */
    View(
            Supplier<R> resource,
            T nothing,
            BiFunction<Sight.Seen, T, T> reading,
            UnaryOperator<T> forgetting,
            UnaryOperator<T> placing,
            Reporting<T> reporting) {
        this(resource, nothing, reading, forgetting, placing, reporting, UnaryOperator.identity());
    }

    /** Adds a report to what is known. */
    @FunctionalInterface
    public interface Reporting<T> {
        /**
         * The status with the report.
         *
         * @param generation the generation that the report is about
         * @param drift null for none
         * @param unmanaged null for none
         */
        T with(
                T known,
                @Nullable Long generation,
                List<Condition> conditions,
                @Nullable List<Drift> drift,
                @Nullable List<Unmanaged> unmanaged);
    }

    /**
     * What is known of the JetStream object, as a status.
     *
     * @param before the status so far; null for none
     */
    public T known(Sight sight, @Nullable T before) {
        T known = Objects.requireNonNullElse(before, nothing);
        return switch (sight) {
            case Sight.Seen seen -> reading.apply(seen, known);
            case Sight.Absent absent -> forgetting.apply(known);
            case Sight.Unresolved unresolved -> placing.apply(known);
            case Sight.Unseen unseen -> known;
        };
    }
}
