package io.jetwright.operator.asset;

import io.jetwright.api.Asset;
import io.jetwright.jetstream.Live;
import io.jetwright.operator.asset.kind.Kinds;
import io.jetwright.operator.asset.kind.Target;
import io.jetwright.plan.AssetName;
import io.jetwright.plan.Owner;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds out what a {@link Claim} depends on: whether the owner still exists, and who else names the object. */
final class Claims {
    private final Cluster cluster;
    private final Kinds kinds;

    Claims(Cluster cluster, Kinds kinds) {
        this.cluster = cluster;
        this.kinds = kinds;
    }

    /** Whether the resource may have the object. */
    Claim of(Asset<?, ?> resource, Target.Resolved target, Optional<Live> actual) {
        Optional<Owner> owner = actual.flatMap(live -> Owner.of(live.settings()));
        return Claim.of(
                resource,
                cluster.owner(resource),
                owner,
                each -> isAlive(each, target.name()),
                rivals(resource, target));
    }

    private boolean isAlive(Owner owner, AssetName name) {
        return !cluster.watches(owner)
                || kinds.find(owner, name)
                        .filter(resource -> !(resource.isMarkedForDeletion()
                                && resource.getSpec().retains()))
                        .isPresent();
    }

    private Stream<Asset<?, ?>> rivals(Asset<?, ?> resource, Target.Resolved target) {
        return kinds.naming(target)
                .filter(other -> !cluster.owner(other).equals(cluster.owner(resource)))
                .filter(other -> !other.isMarkedForDeletion()
                        && !other.getSpec().observes()
                        && !other.getSpec().suspends());
    }
}
