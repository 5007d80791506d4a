package io.jetwright.operator;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.jetwright.api.Asset;
import io.jetwright.jetstream.Live;
import io.jetwright.plan.AssetName;
import io.jetwright.plan.Owner;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds out what a {@link Claim} depends on: whether the owner still exists, and who else names the object. */
final class Claims<R extends Asset<?, ?>> {
    private final Cluster cluster;
    private final Kind<R, ?, ?> kind;

    Claims(Cluster cluster, Kind<R, ?, ?> kind) {
        this.cluster = cluster;
        this.kind = kind;
    }

    /** Whether the resource may have the object. */
    Claim of(R resource, AssetName name, Optional<Live> actual) {
        Optional<Owner> owner = actual.flatMap(live -> Owner.of(live.settings()));
        return Claim.of(resource, cluster.owner(resource), owner, this::isAlive, rivals(resource, name));
    }

    private boolean isAlive(Owner owner) {
        if (!cluster.watches(owner)) {
            return true;
        }
        R resource = kind.find(new ResourceID(owner.name(), owner.namespace()));
        return resource != null && !(resource.isMarkedForDeletion() && Deletion.letsGo(resource));
    }

    private Stream<R> rivals(R resource, AssetName name) {
        return kind.naming(name)
                .filter(other -> !ResourceID.fromResource(other).equals(ResourceID.fromResource(resource)))
                .filter(other -> !other.isMarkedForDeletion()
                        && !Loop.isObserved(other)
                        && !Boolean.TRUE.equals(other.getSpec().suspend()));
    }
}
