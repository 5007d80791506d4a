package io.jetwright.operator.asset.kind;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.jetwright.api.Asset;
import io.jetwright.api.Consumer;
import io.jetwright.api.DeadLetter;
import io.jetwright.api.StreamReference;
import io.jetwright.operator.connection.Routes;
import io.jetwright.plan.AssetName;
import io.jetwright.plan.AssetName.ConsumerName;
import io.jetwright.plan.AssetName.StreamName;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The index of Consumers: by the stream that they name, or by the Stream resource, and by the Connections that they name
 * themselves, or on which their consumers were last seen. Those that follow their Stream resource are found over the index
 * of these, too.
 */
final class ConsumerIndex implements Index<Consumer> {
    private static final String BY_STREAM = "stream";
    private static final String BY_CONNECTION = "connection";
    private static final String BY_LETTERS = "letters";

    /** The key of all that have dead letters; no stream has this name. */
    private static final String ALL = "";

    private final IndexerResourceCache<Consumer> cache;
    private final DeclaredStreams streams;

    ConsumerIndex(Routes routes, IndexerResourceCache<Consumer> cache, DeclaredStreams streams) {
        this.cache = cache;
        this.streams = streams;
        cache.addIndexer(BY_STREAM, consumer -> List.of(streamKey(consumer)));
        cache.addIndexer(
                BY_CONNECTION,
                consumer -> connections(routes, consumer).distinct().toList());
        cache.addIndexer(BY_LETTERS, ConsumerIndex::letterKeys);
    }

    /** The keys of the Connection that the Consumer names itself, and of that on which its consumer was last seen. */
    private static Stream<String> connections(Routes routes, Consumer consumer) {
        Stream<String> lastSeen = LastSeen.connection(consumer).stream();
        return ConsumerNaming.followsStream(consumer)
                ? lastSeen
                : Stream.concat(
                        Stream.of(routes.key(
                                consumer.getMetadata().getNamespace(),
                                consumer.getSpec().connectionRef())),
                        lastSeen);
    }

    /** The stream's name where the Consumer names it, else that of the Stream resource with its namespace. */
    private static String streamKey(Consumer consumer) {
        StreamReference reference = consumer.getSpec().streamRef();
        return reference == null
                ? Objects.requireNonNullElse(consumer.getSpec().streamName(), "")
                : resourceKey(consumer.getMetadata().getNamespace(), reference.name());
    }

    /** As {@link #streamKey}, of the stream that stores its dead letters, with {@link #ALL}; none for a Consumer without. */
    private static List<String> letterKeys(Consumer consumer) {
        DeadLetter letter = consumer.getSpec().deadLetter();
        if (letter == null) {
            return List.of();
        }
        StreamReference reference = letter.streamRef();
        return List.of(
                ALL,
                reference == null
                        ? Objects.requireNonNullElse(letter.streamName(), "/")
                        : resourceKey(consumer.getMetadata().getNamespace(), reference.name()));
    }

    private static String resourceKey(io.jetwright.api.Stream stream) {
        return resourceKey(
                stream.getMetadata().getNamespace(), stream.getMetadata().getName());
    }

    /** No name of a stream contains a slash. */
    private static String resourceKey(String namespace, String name) {
        return namespace + "/" + name;
    }

    @Override
    public @Nullable Consumer find(ResourceID id) {
        return cache.get(id).orElse(null);
    }

    @Override
    public Stream<Consumer> using(String connection) {
        List<Consumer> byThemselves = cache.byIndex(BY_CONNECTION, connection);
        Set<ResourceID> known =
                byThemselves.stream().map(ResourceID::fromResource).collect(Collectors.toSet());
        Stream<Consumer> byTheirStream = streams.using(connection)
                .flatMap(stream -> cache.byIndex(BY_STREAM, resourceKey(stream)).stream())
                .filter(consumer ->
                        ConsumerNaming.followsStream(consumer) && !known.contains(ResourceID.fromResource(consumer)));
        return Stream.concat(byThemselves.stream(), byTheirStream);
    }

    @Override
    public Stream<Consumer> naming(AssetName name) {
        return name instanceof ConsumerName
                ? of(name.stream()).filter(consumer -> ConsumerNaming.name(consumer, new StreamName(name.stream()))
                        .equals(name))
                : Stream.empty();
    }

    /** A change of a stream concerns all its consumers, one of a consumer only those that name it. */
    @Override
    public Stream<Consumer> concernedBy(AssetName name) {
        return name instanceof ConsumerName ? naming(name) : of(name.stream());
    }

    /**
     * Consumers learn from the Stream resource's status what it did to its stream. So here only what resources of other
     * kinds did to a stream concerns them.
     */
    @Override
    public Stream<Consumer> concernedBy(AssetName name, Asset<?, ?> doer) {
        return name instanceof ConsumerName || doer instanceof io.jetwright.api.Stream
                ? naming(name)
                : of(name.stream());
    }

    /** The consumers of a stream, whichever way they name it. */
    Stream<Consumer> of(String stream) {
        Stream<String> resources = streams.declaring(stream).map(ConsumerIndex::resourceKey);
        return Stream.concat(Stream.of(stream), resources).flatMap(key -> cache.byIndex(BY_STREAM, key).stream());
    }

    /** The Consumers in a cache that name a Stream resource, or the stream that it declares, also for their dead letters. */
    static Stream<Consumer> dependents(IndexerResourceCache<Consumer> cache, io.jetwright.api.Stream stream) {
        return Stream.of(StreamKind.name(stream).name(), resourceKey(stream))
                .flatMap(key ->
                        Stream.concat(cache.byIndex(BY_STREAM, key).stream(), cache.byIndex(BY_LETTERS, key).stream()));
    }

    /** The Consumers in a cache that have dead letters. */
    static Stream<Consumer> withDeadLetters(IndexerResourceCache<Consumer> cache) {
        return cache.byIndex(BY_LETTERS, ALL).stream();
    }
}
