package io.jetwright.operator.asset.kind;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.jetwright.api.Asset;
import io.jetwright.operator.connection.Routes;
import io.jetwright.plan.AssetName;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the resources of a kind in the cache. */
public interface Index<R> {
    /** The resource of this name; null when there is none. */
    @Nullable
    R find(ResourceID id);

    /** The resources that use a Connection, or whose JetStream objects were last seen on it, by its key (see {@link Routes}). */
    Stream<R> using(String connection);

    /** The resources that name this JetStream object, on whichever connection. */
    Stream<R> naming(AssetName name);

    /** The resources to reconcile when somebody else has changed this JetStream object. */
    default Stream<R> concernedBy(AssetName name) {
        return naming(name);
    }

    /** The resources to reconcile when another resource, {@code doer}, has changed this JetStream object. */
    default Stream<R> concernedBy(AssetName name, Asset<?, ?> doer) {
        return naming(name);
    }

    /** The resources whose status counts the consumers of this stream. */
    default Stream<R> counting(AssetName.StreamName stream) {
        return Stream.empty();
    }
}
