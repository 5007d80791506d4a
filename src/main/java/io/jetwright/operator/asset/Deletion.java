package io.jetwright.operator.asset;

import io.jetwright.api.Asset;
import io.jetwright.api.DeletionPolicy;
import io.jetwright.jetstream.JetStream;
import io.jetwright.jetstream.JetStreamException;
import io.jetwright.jetstream.Live;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.operator.asset.kind.Kind;
import io.jetwright.operator.asset.kind.Sight;
import io.jetwright.operator.asset.kind.Target;
import io.jetwright.plan.AssetName;
import io.jetwright.plan.Owner;
import io.jetwright.status.Reason;
import java.util.Optional;
import java.util.function.Function;

/** Decides, and does, what becomes of the JetStream object when its resource is deleted. */
final class Deletion<R extends Asset<?, ?>> {
    private final Kind<R, ?, ?> kind;
    private final Function<ConnectionSettings, JetStream> connections;
    private final Cluster cluster;

    Deletion(Kind<R, ?, ?> kind, Function<ConnectionSettings, JetStream> connections, Cluster cluster) {
        this.kind = kind;
        this.connections = connections;
        this.cluster = cluster;
    }

    /**
     * Does what the resource's policies say.
     *
     * @return empty when the resource may go; else why it has to wait
     */
    Optional<Outcome> cleanup(R resource) {
        if (resource.getSpec().retains()) {
            return Optional.empty();
        }
        return switch (kind.naming().lastKnown(resource)) {
            case null -> Optional.empty();
            case Target.Resolved target -> delete(resource, target);
            case Target.Missing missing ->
                neverReached(resource)
                        ? Optional.empty()
                        : Optional.of(waiting(Outcome.of(missing.reason(), missing.message())));
            case Target.Pending pending -> Optional.of(Outcome.of(Reason.PENDING, "the connection is being made"));
        };
    }

    private static boolean neverReached(Asset<?, ?> resource) {
        return resource.getStatus() == null || resource.getStatus().created() == null;
    }

    private Optional<Outcome> delete(R resource, Target.Resolved target) {
        try {
            return delete(resource, connections.apply(target.connection()), target.name());
        } catch (JetStreamException.NoStream e) {
            return Optional.empty();
        } catch (JetStreamException.Pending e) {
            return Optional.of(Outcome.failed(e, kind.mapping()));
        } catch (JetStreamException e) {
            return neverReached(resource) && !(e instanceof JetStreamException.Rejected)
                    ? Optional.empty()
                    : Optional.of(waiting(Outcome.failed(e, kind.mapping()), target.name()));
        }
    }

    private Optional<Outcome> delete(R resource, JetStream jetStream, AssetName name) throws JetStreamException {
        Optional<Live> actual = jetStream.read(name);
        if (actual.isEmpty() || !Owner.of(actual.get().settings()).equals(Optional.of(cluster.owner(resource)))) {
            return Optional.empty();
        }
        if (resource.getSpec().deletionPolicy() == DeletionPolicy.DELETE_IF_EMPTY
                && !actual.get().isEmpty()) {
            return Optional.of(Outcome.of(
                    Reason.WAITING_UNTIL_EMPTY,
                    "%s has %s, and deletionPolicy: DeleteIfEmpty waits until there are none: consume or purge them, or set deletionPolicy to Delete or Retain"
                            .formatted(name, actual.get().contents()),
                    new Sight.Seen(name, actual.get()).on(kind.naming().lastKnownConnection(resource))));
        }
        jetStream.delete(name);
        return Optional.empty();
    }

    private static Outcome waiting(Outcome failed) {
        return Outcome.of(
                failed.reason(),
                "it is to be deleted in JetStream first: %s. To let go of it as it is, set spec.deletionPolicy: Retain"
                        .formatted(failed.message()));
    }

    private static Outcome waiting(Outcome failed, AssetName name) {
        return Outcome.of(
                failed.reason(),
                "%s is to be deleted first: %s. To let go of it as it is, set spec.deletionPolicy: Retain"
                        .formatted(name, failed.message()));
    }
}
