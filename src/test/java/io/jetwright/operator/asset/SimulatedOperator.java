package io.jetwright.operator.asset;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.jetwright.api.Asset;
import io.jetwright.api.AssetSpec;
import io.jetwright.api.AssetStatus;
import io.jetwright.api.Consumer;
import io.jetwright.api.KeyValue;
import io.jetwright.api.Stream;
import io.jetwright.jetstream.JetStream;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.operator.asset.kind.ConsumerKind;
import io.jetwright.operator.asset.kind.DeadLetters;
import io.jetwright.operator.asset.kind.KeyValueKind;
import io.jetwright.operator.asset.kind.Kind;
import io.jetwright.operator.asset.kind.Kinds;
import io.jetwright.operator.asset.kind.StreamKind;
import io.jetwright.operator.asset.kind.Target;
import io.jetwright.operator.connection.Route;
import io.jetwright.operator.connection.Routes;
import io.jetwright.operator.report.Events;
import io.jetwright.operator.report.Readings;
import io.jetwright.operator.report.Reporter;
import io.jetwright.operator.wake.Again;
import io.jetwright.operator.wake.Hub;
import io.jetwright.operator.wake.Wakeups;
import io.jetwright.plan.AssetName;
import io.jetwright.plan.Difference;
import io.jetwright.plan.Owner;
import io.jetwright.plan.ServerVersion;
import io.jetwright.plan.Settings;
import io.jetwright.status.Conditions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The operator's loop of Streams, Consumers and KeyValues, wired as {@code JetwrightOperator} does it. What the Java Operator SDK does
 * is left to the caller: to show what the caches see, and to call for a resource whenever that is woken.
 */
public final class SimulatedOperator {
    private final Map<Class<?>, Part<?, ?, ?>> parts = new HashMap<>();
    private final Kinds kinds = new Kinds();
    private final Readings readings = new Readings();
    private final BlockedResources blocked;
    private final Surroundings surroundings;

    /** What the operator acts on, and is acted on by. */
    public record Surroundings(
            Cluster cluster,
            Routes routes,
            Function<ConnectionSettings, JetStream> jetStreams,
            Function<ConnectionSettings, java.util.stream.Stream<String>> keys,
            Hub hub,
            Again again,
            Events events,
            Clock clock,
            BiConsumer<Class<?>, ResourceID> wake) {}

    private record Part<R extends Asset<S, T>, S extends AssetSpec, T extends AssetStatus>(
            FakeCache<R> cache, Kind<R, S, T> kind, AssetController<R, S, T> controller, Wakeups<R> wakeups) {}

    public SimulatedOperator(Surroundings surroundings) {
        this.surroundings = surroundings;
        blocked = new BlockedResources(kinds, surroundings.keys(), surroundings.clock());
        var streams = new FakeCache<Stream>();
        add(streams, StreamKind.of(surroundings.routes(), streams));
        var consumers = new FakeCache<Consumer>();
        var letters = new DeadLetters(
                surroundings.routes(), consumers, streams, () -> Optional.empty(), surroundings.clock());
        add(consumers, ConsumerKind.of(letters));
        var keyValues = new FakeCache<KeyValue>();
        add(keyValues, KeyValueKind.of(surroundings.routes(), keyValues));
        kinds.areFilled();
    }

    private <R extends Asset<S, T>, S extends AssetSpec, T extends AssetStatus> void add(
            FakeCache<R> cache, Kind<R, S, T> kind) {
        kinds.add(kind);
        var wakeups = new Wakeups<R>();
        wakeups.setEventHandler(event -> surroundings.wake().accept(kind.type(), event.getRelatedCustomResourceID()));
        wakeups.start();
        surroundings.hub().subscribe(new AssetSubscriber<>(kind, blocked, wakeups));
        var controller = new AssetController<>(
                kind,
                new Loop<>(kind, kinds, surroundings.jetStreams(), surroundings.cluster(), surroundings.clock()),
                new Deletion<>(kind, surroundings.jetStreams(), surroundings.cluster()),
                new Claims(surroundings.cluster(), kinds, surroundings.jetStreams()),
                blocked,
                new Reporter<>(
                        kind.view().resource(),
                        kind.view().own(),
                        Resources.writes(surroundings.clock())::isDue,
                        new Conditions(surroundings.clock()),
                        surroundings.events()),
                readings,
                surroundings.again(),
                surroundings.hub());
        parts.put(kind.type(), new Part<>(cache, kind, controller, wakeups));
    }

    @SuppressWarnings("unchecked") // each part is put under the class of its resources
    private <R extends Asset<S, T>, S extends AssetSpec, T extends AssetStatus> Part<R, S, T> part(Class<?> type) {
        return (Part<R, S, T>) Objects.requireNonNull(parts.get(type));
    }

    @SuppressWarnings({"rawtypes", "unchecked"})
    private Part<Asset<AssetSpec, AssetStatus>, AssetSpec, AssetStatus> part(Asset<?, ?> resource) {
        return (Part) part(resource.getClass());
    }

    @SuppressWarnings("unchecked")
    private static Asset<AssetSpec, AssetStatus> cast(Asset<?, ?> resource) {
        return (Asset<AssetSpec, AssetStatus>) resource;
    }

    /** What the cache has of this resource; null for nothing. */
    public @Nullable Asset<?, ?> known(Class<?> type, ResourceID id) {
        return Objects.requireNonNull(parts.get(type)).cache().get(id).orElse(null);
    }

    /** The cache has this of a resource from now on; wakes whoever is concerned but itself. */
    public void see(Asset<?, ?> resource) {
        Asset<?, ?> before = known(resource.getClass(), ResourceID.fromResource(resource));
        part(resource).cache().put(cast(resource));
        if (resource instanceof Stream stream
                && (before == null
                        ? ConsumerReconciler.isReportedOn(stream)
                        : ConsumerReconciler.concerns(stream, (Stream) before))) {
            wakeConsumersOf(stream);
        }
    }

    /** The cache has no such resource any more. */
    public void miss(Asset<?, ?> resource) {
        part(resource).cache().remove(cast(resource));
        if (resource instanceof Stream stream) {
            wakeConsumersOf(stream);
        }
    }

    private void wakeConsumersOf(Stream stream) {
        Part<Consumer, io.jetwright.api.ConsumerSpec, io.jetwright.api.ConsumerStatus> consumers = part(Consumer.class);
        ConsumerKind.dependents(consumers.cache(), stream)
                .forEach(id -> surroundings.wake().accept(Consumer.class, id));
    }

    /** Reconciles; returns after how long to do so again. */
    public Duration reconcile(Asset<?, ?> resource, java.util.function.Consumer<Asset<?, ?>> statuses) {
        return Duration.ofMillis(part(resource)
                .controller()
                .reconcile(cast(resource), statuses::accept)
                .getScheduleDelay()
                .orElseThrow());
    }

    /** Deletes; returns after how long to try again, or empty if the resource may go. */
    public Optional<Duration> cleanup(Asset<?, ?> resource, java.util.function.Consumer<Asset<?, ?>> statuses) {
        var control = part(resource).controller().cleanup(cast(resource), statuses::accept);
        return control.isRemoveFinalizer()
                ? Optional.empty()
                : Optional.of(Duration.ofMillis(control.getScheduleDelay().orElseThrow()));
    }

    /** The object that a resource names now; empty while that cannot be told. */
    public Optional<Target.Resolved> target(Asset<?, ?> resource) {
        return part(resource).kind().naming().resolve(cast(resource)) instanceof Target.Resolved resolved
                ? Optional.of(resolved)
                : Optional.empty();
    }

    /** The object that a resource had when it was last seen; empty while that cannot be told, or where it never had one. */
    public Optional<Target.Resolved> last(Asset<?, ?> resource) {
        return part(resource).kind().naming().lastKnown(cast(resource)) instanceof Target.Resolved resolved
                ? Optional.of(resolved)
                : Optional.empty();
    }

    /** Whether a resource names this object, on whichever connection, as far as that can be told. */
    public boolean mayName(Asset<?, ?> resource, AssetName name) {
        return part(resource).kind().naming().routeTo(cast(resource), name).isPresent()
                || (resource.isMarkedForDeletion()
                        && part(resource).kind().naming().lastKnown(cast(resource)) instanceof Target.Resolved last
                        && last.name().equals(name));
    }

    /** In what an object differs from what a resource declares. */
    public List<Difference> differences(Asset<?, ?> resource, AssetName name, @Nullable Settings actual) {
        var mapping = part(resource).kind().mapping();
        Settings desired = mapping.desired(cast(resource).getSpec(), name, owner(resource));
        return mapping.change(
                        desired,
                        actual,
                        ServerVersion.parse("2.15.2"),
                        surroundings.clock().instant(),
                        resource.getSpec().resets())
                .differences();
    }

    public Owner owner(HasMetadata resource) {
        return surroundings.cluster().owner(resource);
    }

    /** Whether the operator takes the owner of an object on this connection for one that still has it, or may. */
    public boolean mayStillHave(Owner owner, AssetName name, ConnectionSettings connection) {
        return kinds.routeTo(owner, name)
                .filter(route ->
                        !(route instanceof Route.Open open) || open.settings().equals(connection))
                .isPresent();
    }

    /** How much it remembers of resources: zero once there are none. */
    public List<String> remembered() {
        List<String> remembered = new ArrayList<>();
        if (readings.size() > 0) {
            remembered.add(readings.size() + " readings");
        }
        return remembered;
    }
}
