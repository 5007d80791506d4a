package io.jetwright.operator.asset.kind;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.jetwright.api.Asset;
import io.jetwright.api.AssetSpec;
import io.jetwright.api.AssetStatus;
import io.jetwright.operator.connection.Route;
import io.jetwright.operator.connection.Routes;
import io.jetwright.plan.AssetName;
import io.jetwright.plan.AssetName.StreamName;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the kinds have in common whose resources each declare a stream. */
public abstract class StreamBasedKind<R extends Asset<S, T>, S extends AssetSpec, T extends AssetStatus>
        implements Kind<R, S, T> {
    private static final String BY_STREAM = "stream";
    private static final String BY_CONNECTION = "connection";

    private final Routes routes;
    private final IndexerResourceCache<R> cache;

    public StreamBasedKind(Routes routes, IndexerResourceCache<R> cache) {
        this.routes = routes;
        this.cache = cache;
        cache.addIndexer(BY_STREAM, resource -> List.of(streamOf(resource).name()));
        cache.addIndexer(
                BY_CONNECTION,
                resource -> List.of(routes.key(
                        resource.getMetadata().getNamespace(),
                        resource.getSpec().connectionRef())));
    }

    /** The stream that a resource declares. */
    abstract StreamName streamOf(R resource);

    /** What is known before anything is. */
    abstract T nothing();

    /**
     * What JetStream's answer says.
     *
     * @param before the status so far, for what the answer leaves out
     */
    abstract T read(Sight.Seen seen, T before);

    @Override
    public final Route route(R resource) {
        return routes.to(
                resource.getMetadata().getNamespace(), resource.getSpec().connectionRef());
    }

    @Override
    public final Stream<R> using(String connection) {
        return cache.byIndex(BY_CONNECTION, connection).stream();
    }

    @Override
    public final Target resolve(R resource) {
        return Target.of(route(resource), streamOf(resource));
    }

    @Override
    public final Target lastKnown(R resource) {
        return routes.lastKnown(
                        resource.getMetadata().getNamespace(),
                        resource.getSpec().connectionRef())
                .<Target>map(connection -> new Target.Resolved(connection, streamOf(resource)))
                .orElseGet(() -> resolve(resource));
    }

    @Override
    public final T known(Sight sight, @Nullable T before) {
        T known = Objects.requireNonNullElseGet(before, this::nothing);
        return switch (sight) {
            case Sight.Seen seen -> read(seen, known);
            case Sight.Unseen unseen -> known;
            case Sight.Absent absent -> nothing();
        };
    }

    @Override
    public final @Nullable R find(ResourceID id) {
        return cache.get(id).orElse(null);
    }

    @Override
    public final Stream<R> naming(AssetName name) {
        return name instanceof StreamName stream ? declaring(stream.name()) : Stream.empty();
    }

    /** The resources that declare a stream of this name. */
    final Stream<R> declaring(String stream) {
        return cache.byIndex(BY_STREAM, stream).stream();
    }
}
