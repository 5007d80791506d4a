package io.jetwright.operator.asset.kind;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.jetwright.api.Stream;
import io.jetwright.api.StreamReference;
import io.jetwright.api.StreamSource;
import io.jetwright.operator.connection.Route;
import io.jetwright.operator.connection.Routes;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The Stream resources, as Consumers look them up: by name, by the stream that they declare, and by Connection. */
final class DeclaredStreams {
    private static final String BY_STREAM = "stream";
    private static final String BY_CONNECTION = "connection";
    private static final String BY_ORIGIN = "origin";

    private final Routes routes;
    private final IndexerResourceCache<Stream> cache;

    DeclaredStreams(Routes routes, IndexerResourceCache<Stream> cache) {
        this.routes = routes;
        this.cache = cache;
        cache.addIndexer(BY_STREAM, stream -> List.of(StreamKind.name(stream).name()));
        cache.addIndexer(BY_CONNECTION, stream -> List.of(connectionKey(stream)));
        cache.addIndexer(BY_ORIGIN, DeclaredStreams::origins);
    }

    /** The Stream resource that a reference names; empty when there is none, or no reference. */
    Optional<Stream> find(String namespace, @Nullable StreamReference reference) {
        return reference == null ? Optional.empty() : cache.get(new ResourceID(reference.name(), namespace));
    }

    /** The Stream resources that declare a stream of this name, on whichever connection. */
    java.util.stream.Stream<Stream> declaring(String stream) {
        return cache.byIndex(BY_STREAM, stream).stream();
    }

    /** The names of the streams of the same account that a stream copies. */
    private static List<String> origins(Stream stream) {
        return java.util.stream.Stream.concat(
                        java.util.stream.Stream.ofNullable(stream.getSpec().mirror()),
                        Objects.requireNonNullElse(stream.getSpec().sources(), List.<StreamSource>of()).stream())
                .filter(origin -> origin.externalApiPrefix() == null)
                .map(StreamSource::name)
                .distinct()
                .toList();
    }

    /** The Stream resources whose streams copy a stream of this name, on whichever connection. */
    java.util.stream.Stream<Stream> copying(String stream) {
        return cache.byIndex(BY_ORIGIN, stream).stream();
    }

    /** The connection that a Stream resource uses. */
    Route route(Stream stream) {
        return routes.to(stream.getMetadata().getNamespace(), stream.getSpec().connectionRef());
    }

    /** The Stream resources that use a Connection, by its key. */
    java.util.stream.Stream<Stream> using(String connection) {
        return cache.byIndex(BY_CONNECTION, connection).stream();
    }

    /** The key of the Connection that a Stream resource uses; see {@link Routes#key}. */
    String connectionKey(Stream stream) {
        return routes.key(stream.getMetadata().getNamespace(), stream.getSpec().connectionRef());
    }
}
