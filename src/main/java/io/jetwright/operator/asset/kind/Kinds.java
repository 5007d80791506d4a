package io.jetwright.operator.asset.kind;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.jetwright.api.Asset;
import io.jetwright.api.Consumer;
import io.jetwright.operator.connection.Route;
import io.jetwright.plan.AssetName;
import io.jetwright.plan.AssetName.ConsumerName;
import io.jetwright.plan.Owner;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * All kinds together: resources of different kinds may name the same stream. Whoever asks waits until the caches of all
 * of them are filled, since a resource that is not yet known may be the older one.
 */
public final class Kinds {
    private final List<Kind<?, ?, ?>> kinds = new CopyOnWriteArrayList<>();
    private final List<Function<String, Stream<? extends HasMetadata>>> otherUsers = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> filled = new CompletableFuture<>();
    private final Conflicts conflicts = new Conflicts();

    public void add(Kind<?, ?, ?> kind) {
        kinds.add(kind);
    }

    /** Adds resources that use Connections and declare nothing in JetStream: those that use one, by its key. */
    public void addUsers(Function<String, Stream<? extends HasMetadata>> users) {
        otherUsers.add(users);
    }

    /** From now on every resource that there is can be found. */
    public void areFilled() {
        filled.complete(null);
    }

    /** The resources that wait for what others have. */
    public Conflicts conflicts() {
        return conflicts;
    }

    /** The resources that name this object of this connection. */
    public Stream<Asset<?, ?>> naming(Target.Resolved target) {
        filled.join();
        return kinds.stream().flatMap(kind -> naming(kind, target));
    }

    /** The resources of a kind that name this object of this connection. */
    public static <R extends Asset<?, ?>> Stream<R> naming(Kind<R, ?, ?> kind, Target.Resolved target) {
        return kind.index().naming(target.name()).filter(resource -> kind.naming()
                .isOn(resource, target.connection()));
    }

    /** All of them. */
    public Stream<Kind<?, ?, ?>> all() {
        filled.join();
        return kinds.stream();
    }

    /** The JetStream objects that resources which use a Connection, by its key, have there, or had when they were last seen. */
    public Stream<Target.Resolved> targetsOn(String connection) {
        return all().flatMap(kind -> targetsOn(kind, connection));
    }

    private static <R extends Asset<?, ?>> Stream<Target.Resolved> targetsOn(Kind<R, ?, ?> kind, String connection) {
        return kind.index()
                .using(connection)
                .map(kind.naming()::lastKnown)
                .filter(Target.Resolved.class::isInstance)
                .map(Target.Resolved.class::cast);
    }

    /** The resources that use a Connection, by its key. */
    public Stream<HasMetadata> using(String connection) {
        filled.join();
        return Stream.concat(
                kinds.stream().flatMap(kind -> kind.index().using(connection)),
                otherUsers.stream().flatMap(users -> users.apply(connection)));
    }

    /** A Stream resource by its name. */
    public Optional<io.jetwright.api.Stream> stream(ResourceID id) {
        filled.join();
        return kinds.stream()
                .filter(kind -> kind.type() == io.jetwright.api.Stream.class)
                .findFirst()
                .map(kind -> (io.jetwright.api.Stream) kind.index().find(id));
    }

    /**
     * The connection on which the owner of an object still has it: on which it names the object, or, while it is deleted,
     * will delete it. A route that is not open means that this is not known now. Empty if there is no such resource, or it
     * names another object, or will leave this one behind.
     */
    public Optional<Route> routeTo(Owner owner, AssetName name) {
        filled.join();
        Class<?> own = name instanceof ConsumerName ? Consumer.class : io.jetwright.api.Stream.class;
        String kindOfOwner = owner.kind().isEmpty() ? own.getSimpleName() : owner.kind();
        var id = new ResourceID(owner.name(), owner.namespace());
        return kinds.stream()
                .filter(kind -> HasMetadata.getKind(kind.type()).equals(kindOfOwner))
                .findFirst()
                .flatMap(kind -> routeTo(kind, id, name));
    }

    private static <R extends Asset<?, ?>> Optional<Route> routeTo(Kind<R, ?, ?> kind, ResourceID id, AssetName name) {
        R resource = kind.index().find(id);
        if (resource == null) {
            return Optional.empty();
        }
        if (!resource.isMarkedForDeletion()) {
            return kind.naming().routeTo(resource, name);
        }
        return resource.getSpec().retains()
                ? Optional.empty()
                : switch (kind.naming().lastKnown(resource)) {
                    case null -> Optional.empty();
                    case Target.Resolved target ->
                        target.name().equals(name)
                                ? Optional.of(new Route.Open(target.connection()))
                                : Optional.empty();
                    case Target.Missing missing -> Optional.of(new Route.Closed(missing.reason(), missing.message()));
                    case Target.Pending pending -> Optional.of(new Route.Pending());
                };
    }
}
