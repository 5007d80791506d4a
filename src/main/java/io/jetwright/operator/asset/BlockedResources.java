package io.jetwright.operator.asset;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.jetwright.api.Asset;
import io.jetwright.api.AssetStatus;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.operator.asset.kind.Kinds;
import io.jetwright.status.Conditions;
import io.jetwright.status.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The resources that JetStream refuses because of another object or a client: since when, so that they are tried again less and
 * less often, and on which connection, so that they are woken when something is freed there. They are remembered until they
 * have what they ask for or are gone, so there are never more of them than resources.
 */
public final class BlockedResources {
    /** For what blocks a resource to go away, when both are changed by one apply. */
    private static final Duration GRACE = Duration.ofMillis(2500);

    private final Kinds kinds;
    private final Function<ConnectionSettings, Stream<String>> keys;
    private final Clock clock;
    private final Map<Key, Blockade> blocked = new ConcurrentHashMap<>();

    private record Key(Class<?> kind, ResourceID id) {
        static Key of(HasMetadata resource) {
            return new Key(resource.getClass(), ResourceID.fromResource(resource));
        }
    }

    private record Blockade(ConnectionSettings connection, Long generation, Instant since) {}

    /**
     * None yet.
     *
     * @param kinds knows which other resources are on their way
     * @param keys of the Connections that lead to these settings now
     */
    public BlockedResources(Kinds kinds, Function<ConnectionSettings, Stream<String>> keys, Clock clock) {
        this.kinds = kinds;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * Remembers that the resource is refused.
     *
     * @return for how long it has been; zero for the first time with this generation
     */
    Duration refused(Asset<?, ?> resource, ConnectionSettings connection) {
        Instant now = clock.instant();
        Long generation = resource.getMetadata().getGeneration();
        Blockade current = blocked.compute(
                Key.of(resource),
                (key, known) -> known != null && Objects.equals(known.generation(), generation)
                        ? new Blockade(connection, generation, known.since())
                        : new Blockade(connection, generation, now));
        return Duration.between(current.since(), now);
    }

    /** The resource is not refused any more, or is gone. */
    void remove(Asset<?, ?> resource) {
        blocked.remove(Key.of(resource));
    }

    /** Those of a kind that are refused on this connection. */
    Stream<ResourceID> on(Class<?> kind, ConnectionSettings connection) {
        return blocked.entrySet().stream()
                .filter(each -> each.getKey().kind() == kind
                        && each.getValue().connection().equals(connection))
                .map(each -> each.getKey().id());
    }

    /**
     * Whether what blocks the resource may be about to go away: it was refused only just now, or other resources are being changed
     * or deleted on its connection, whichever Connection leads them there. Once a refusal of this generation was reported as
     * final, it stays so.
     *
     * @param elapsed for how long it has been refused
     */
    boolean mayPass(Asset<?, ?> resource, ConnectionSettings connection, Duration elapsed) {
        return !isReportedAsFinal(resource)
                && (elapsed.compareTo(GRACE) < 0
                        || keys.apply(connection)
                                .flatMap(kinds::using)
                                .anyMatch(other -> !Key.of(other).equals(Key.of(resource)) && isOnItsWay(other)));
    }

    private static boolean isReportedAsFinal(Asset<?, ?> resource) {
        AssetStatus status = resource.getStatus();
        return status != null
                && status.isCurrent(resource)
                && Conditions.find(status.conditions(), "Ready")
                        .filter(ready -> Reason.REJECTED.word().equals(ready.getReason()))
                        .isPresent();
    }

    private static boolean isOnItsWay(HasMetadata resource) {
        if (!(resource instanceof Asset<?, ?> asset)) {
            return false;
        }
        AssetStatus status = asset.getStatus();
        return asset.isMarkedForDeletion() || status == null || !status.isCurrent(asset);
    }
}
