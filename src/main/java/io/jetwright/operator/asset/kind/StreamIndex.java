package io.jetwright.operator.asset.kind;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.jetwright.api.Asset;
import io.jetwright.operator.connection.Routes;
import io.jetwright.plan.AssetName;
import io.jetwright.plan.AssetName.StreamName;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The index of the kinds whose resources each declare a stream: by that stream, and by the Connections that
 * they use, or on which it was last seen.
 */
class StreamIndex<R extends Asset<?, ?>> implements Index<R> {
    private static final String BY_STREAM = "stream";
    private static final String BY_CONNECTION = "connection";

    private final IndexerResourceCache<R> cache;

    StreamIndex(Routes routes, IndexerResourceCache<R> cache, Function<R, StreamName> name) {
        this.cache = cache;
        cache.addIndexer(BY_STREAM, resource -> List.of(name.apply(resource).name()));
        cache.addIndexer(BY_CONNECTION, resource -> Stream.concat(
                        Stream.of(routes.key(
                                resource.getMetadata().getNamespace(),
                                resource.getSpec().connectionRef())),
                        LastSeen.connection(resource).stream())
                .distinct()
                .toList());
    }

    @Override
    public final @Nullable R find(ResourceID id) {
        return cache.get(id).orElse(null);
    }

    @Override
    public final Stream<R> using(String connection) {
        return cache.byIndex(BY_CONNECTION, connection).stream();
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
