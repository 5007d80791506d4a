package io.jetwright.operator.asset;

import io.jetwright.api.Asset;
import io.jetwright.api.Consumer;
import io.jetwright.jetstream.JetStream;
import io.jetwright.jetstream.JetStreamException;
import io.jetwright.jetstream.Live;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.operator.asset.kind.Conflicts.Conflict;
import io.jetwright.operator.asset.kind.Kinds;
import io.jetwright.operator.asset.kind.Target;
import io.jetwright.operator.connection.Route;
import io.jetwright.plan.AssetName;
import io.jetwright.plan.Owner;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Finds out what a {@link Claim} depends on: whether the owner still has the object, and who else names it. */
final class Claims {
    private final Cluster cluster;
    private final Kinds kinds;
    private final Function<ConnectionSettings, JetStream> connections;

    Claims(Cluster cluster, Kinds kinds, Function<ConnectionSettings, JetStream> connections) {
        this.cluster = cluster;
        this.kinds = kinds;
        this.connections = connections;
    }

    /** Whether the resource may have the object. If not, {@link #endedBy} knows of it. */
    Claim of(Asset<?, ?> resource, Target.Resolved target, Optional<Live> actual) {
        Claim claim = decide(resource, target, actual);
        Conflict known = null;
        while (claim instanceof Claim.Refused refused) {
            var conflict = new Conflict(target, refused.other(), refused.owns());
            if (conflict.equals(known)) {
                return claim;
            }
            // Decided anew: the other resource may have let go of the object before this one was known to wait.
            kinds.conflicts().put(resource, conflict);
            known = conflict;
            claim = decide(resource, target, actual);
        }
        kinds.conflicts().remove(resource);
        return claim;
    }

    /** The resource is gone, and waits for nothing. */
    void forget(Asset<?, ?> resource) {
        kinds.conflicts().remove(resource);
    }

    /**
     * The objects that other resources wait for because of this one, as far as it has let go of them: it names another object,
     * or the same on another connection, or has no object yet and does not write to JetStream any more. Each is returned
     * once.
     */
    List<Target.Resolved> endedBy(Asset<?, ?> resource) {
        Owner owner = cluster.owner(resource);
        boolean writes = !resource.getSpec().observes() && !resource.getSpec().suspends();
        return kinds.conflicts()
                .take(
                        owner,
                        conflict -> mayOwn(resource, conflict.object().name())
                                && (!(conflict.owns() || writes) || !names(owner, conflict.object())));
    }

    /** A Stream and a Consumer of one name are the same {@link Owner}, each of objects of its own. */
    private static boolean mayOwn(Asset<?, ?> resource, AssetName name) {
        return resource instanceof Consumer == name instanceof AssetName.ConsumerName;
    }

    private boolean names(Owner owner, Target.Resolved object) {
        return kinds.routeTo(owner, object.name())
                .filter(route ->
                        !(route instanceof Route.Open open) || open.settings().equals(object.connection()))
                .isPresent();
    }

    private Claim decide(Asset<?, ?> resource, Target.Resolved target, Optional<Live> actual) {
        return Claim.of(
                resource,
                cluster.owner(resource),
                actual.flatMap(live -> Owner.of(live.settings())),
                owner -> mayHave(owner, target, actual.orElseThrow()),
                rivals(resource, target));
    }

    private boolean mayHave(Owner owner, Target.Resolved target, Live live) {
        return !cluster.watches(owner)
                || kinds.routeTo(owner, target.name())
                        .filter(route -> mayLeadTo(route, target, live))
                        .isPresent();
    }

    /** Different settings may lead to the same JetStream, by another user or another server. So it is asked there. */
    private boolean mayLeadTo(Route route, Target.Resolved target, Live live) {
        if (!(route instanceof Route.Open open) || open.settings().equals(target.connection())) {
            return true;
        }
        try {
            return connections
                    .apply(open.settings())
                    .read(target.name())
                    .filter(there -> isSame(there, live))
                    .isPresent();
        } catch (JetStreamException.NoStream e) {
            return false;
        } catch (JetStreamException e) {
            return true;
        }
    }

    /** The time of creation has nanoseconds. */
    private static boolean isSame(Live one, Live other) {
        return one.info().path("created").equals(other.info().path("created"));
    }

    private Stream<Asset<?, ?>> rivals(Asset<?, ?> resource, Target.Resolved target) {
        return kinds.naming(target)
                .filter(other -> !cluster.owner(other).equals(cluster.owner(resource)))
                .filter(other -> !other.isMarkedForDeletion()
                        && !other.getSpec().observes()
                        && !other.getSpec().suspends());
    }
}
