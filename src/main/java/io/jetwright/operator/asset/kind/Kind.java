package io.jetwright.operator.asset.kind;

import io.jetwright.api.Asset;
import io.jetwright.api.AssetSpec;
import io.jetwright.api.AssetStatus;
import io.jetwright.plan.Mapping;
import io.jetwright.status.SideCondition;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the loop has to know of a kind of resource.
 *
 * @param type the class of its resources
 * @param mapping how its specs become JetStream's settings
 * @param naming which JetStream object a resource names
 * @param view what its status shows of that object
 * @param index how its resources are found
 * @param side the condition that a resource has beside the usual ones; empty for none
 */
public record Kind<R extends Asset<S, T>, S extends AssetSpec, T extends AssetStatus>(
        Class<R> type,
        Mapping<S> mapping,
        Naming<R> naming,
        View<R, T> view,
        Index<R> index,
        Function<R, Optional<SideCondition>> side) {
    /** A kind with the usual conditions only. */
    Kind(Class<R> type, Mapping<S> mapping, Naming<R> naming, View<R, T> view, Index<R> index) {
        this(type, mapping, naming, view, index, resource -> Optional.empty());
    }
}
