package io.jetwright.operator.asset.kind;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Condition;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.jetwright.api.Asset;
import io.jetwright.api.ConnectionReference;
import io.jetwright.api.Consumer;
import io.jetwright.api.ConsumerSpec;
import io.jetwright.api.ConsumerStatus;
import io.jetwright.api.Drift;
import io.jetwright.api.SequencePair;
import io.jetwright.api.StreamReference;
import io.jetwright.api.Times;
import io.jetwright.operator.connection.Route;
import io.jetwright.operator.connection.Routes;
import io.jetwright.plan.AssetName;
import io.jetwright.plan.AssetName.ConsumerName;
import io.jetwright.plan.Mapping;
import io.jetwright.status.Reason;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Consumers. */
public final class ConsumerKind implements Kind<Consumer, ConsumerSpec, ConsumerStatus> {
    private static final String BY_STREAM = "stream";
    private static final String BY_CONNECTION = "connection";

    /** How long a new Stream resource may take to be reported on. */
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Clock clock;
    private final Routes routes;
    private final IndexerResourceCache<Consumer> cache;
    private final IndexerResourceCache<io.jetwright.api.Stream> streams;

    public ConsumerKind(
            Routes routes,
            IndexerResourceCache<Consumer> cache,
            IndexerResourceCache<io.jetwright.api.Stream> streams,
            Clock clock) {
        this.clock = clock;
        this.routes = routes;
        this.cache = cache;
        this.streams = streams;
        cache.addIndexer(BY_STREAM, consumer -> List.of(streamKey(consumer)));
        cache.addIndexer(BY_CONNECTION, consumer -> List.of(connectionKey(consumer)));
        streams.addIndexer(BY_STREAM, stream -> List.of(StreamKind.nameOf(stream)));
        streams.addIndexer(BY_CONNECTION, stream -> List.of(connectionKey(stream)));
    }

    /** What the consumers of one stream have in common: its name, or that of its resource. */
    private static String streamKey(Consumer resource) {
        StreamReference reference = resource.getSpec().streamRef();
        return reference == null
                ? Objects.requireNonNullElse(resource.getSpec().streamName(), "")
                : resourceKey(resource.getMetadata().getNamespace(), reference.name());
    }

    /** That which the resource names itself. */
    private String connectionKey(Asset<?, ?> resource) {
        return routes.key(
                resource.getMetadata().getNamespace(), resource.getSpec().connectionRef());
    }

    /** Whether it is the Stream resource that says which Connection is used. */
    private static boolean followsStream(Consumer resource) {
        return resource.getSpec().streamRef() != null && resource.getSpec().connectionRef() == null;
    }

    private Optional<io.jetwright.api.Stream> streamOf(Consumer resource) {
        StreamReference reference = resource.getSpec().streamRef();
        return reference == null
                ? Optional.empty()
                : streams.get(
                        new ResourceID(reference.name(), resource.getMetadata().getNamespace()));
    }

    private @Nullable ConnectionReference connectionOf(Consumer resource) {
        return followsStream(resource)
                ? streamOf(resource)
                        .map(stream -> stream.getSpec().connectionRef())
                        .orElse(null)
                : resource.getSpec().connectionRef();
    }

    private static String resourceKey(String namespace, String name) {
        return namespace + "/" + name;
    }

    private static String nameOf(Consumer resource) {
        return Objects.requireNonNullElse(
                resource.getSpec().durableName(), resource.getMetadata().getName());
    }

    @Override
    public Class<Consumer> type() {
        return Consumer.class;
    }

    @Override
    public Mapping<ConsumerSpec> mapping() {
        return Mapping.CONSUMER;
    }

    @Override
    public Route route(Consumer resource) {
        return streamOf(resource)
                .filter(stream ->
                        !followsStream(resource) && !connectionKey(stream).equals(connectionKey(resource)))
                .<Route>map(stream -> new Route.Closed(
                        Reason.INVALID,
                        "spec.connectionRef names another Connection than that of the Stream resource %s: remove it, or name the stream in JetStream by spec.streamName"
                                .formatted(stream.getMetadata().getName())))
                .orElseGet(() -> routes.to(resource.getMetadata().getNamespace(), connectionOf(resource)));
    }

    @Override
    public Stream<Consumer> using(String connection) {
        return Stream.concat(
                cache.byIndex(BY_CONNECTION, connection).stream().filter(consumer -> !followsStream(consumer)),
                streams.byIndex(BY_CONNECTION, connection).stream()
                        .flatMap(stream -> cache
                                .byIndex(
                                        BY_STREAM,
                                        resourceKey(
                                                stream.getMetadata().getNamespace(),
                                                stream.getMetadata().getName()))
                                .stream())
                        .filter(ConsumerKind::followsStream));
    }

    @Override
    public Target resolve(Consumer resource) {
        StreamReference reference = resource.getSpec().streamRef();
        if (reference == null) {
            return byName(resource, Objects.requireNonNull(resource.getSpec().streamName()));
        }
        String namespace = resource.getMetadata().getNamespace();
        Optional<io.jetwright.api.Stream> stream = streamOf(resource);
        if (stream.isEmpty()) {
            return new Target.Missing(
                    Reason.STREAM_NOT_READY,
                    "there is no Stream resource %s in namespace %s: create it, or correct spec.streamRef"
                            .formatted(reference.name(), namespace));
        }
        Target target = target(resource, StreamKind.nameOf(stream.get()));
        if (target instanceof Target.Resolved && isComing(stream.get())) {
            return new Target.Coming();
        }
        if (target instanceof Target.Resolved && !exists(stream.get())) {
            return new Target.Missing(
                    Reason.STREAM_NOT_READY,
                    "the Stream resource %s has no stream in JetStream: kubectl describe stream %s -n %s"
                            .formatted(reference.name(), reference.name(), namespace));
        }
        return target;
    }

    /** While a Stream resource is about to create the stream, there is no use in asking JetStream for it. */
    private Target byName(Consumer resource, String stream) {
        List<io.jetwright.api.Stream> declared = streams.byIndex(BY_STREAM, stream).stream()
                .filter(each -> connectionKey(each).equals(connectionKey(resource)))
                .toList();
        return !declared.isEmpty() && declared.stream().allMatch(this::isComing)
                ? new Target.Coming()
                : target(resource, stream);
    }

    /** Whether a Stream resource is so new that nothing is known of it yet. */
    private boolean isComing(io.jetwright.api.Stream stream) {
        return stream.getStatus() == null
                && Times.parse(stream.getMetadata().getCreationTimestamp())
                        .isAfter(clock.instant().minus(SOON));
    }

    private static boolean exists(io.jetwright.api.Stream stream) {
        return stream.getStatus() != null && stream.getStatus().created() != null;
    }

    private Target target(Consumer resource, String stream) {
        return Target.of(route(resource), new ConsumerName(stream, nameOf(resource)));
    }

    @Override
    public @Nullable Target lastKnown(Consumer resource) {
        String stream = resource.getStatus() == null ? null : resource.getStatus().stream();
        if (stream == null) {
            Target target = resolve(resource);
            return target instanceof Target.Missing missing && missing.reason() == Reason.STREAM_NOT_READY
                    ? null
                    : target;
        }
        return routes.lastKnown(resource.getMetadata().getNamespace(), connectionOf(resource))
                .<Target>map(connection -> new Target.Resolved(connection, new ConsumerName(stream, nameOf(resource))))
                .orElseGet(() -> target(resource, stream));
    }

    @Override
    public Consumer withStatus(ConsumerStatus status) {
        var resource = new Consumer();
        resource.setStatus(status);
        return resource;
    }

    @Override
    public ConsumerStatus known(Sight sight, @Nullable ConsumerStatus before) {
        return switch (sight) {
            case Sight.Seen seen -> read(seen);
            case Sight.Unseen unseen -> Objects.requireNonNullElse(before, ConsumerStatus.NOTHING);
            case Sight.Absent absent -> before == null ? ConsumerStatus.NOTHING : before.namesOnly();
        };
    }

    @Override
    public ConsumerStatus with(
            ConsumerStatus known, @Nullable Long generation, List<Condition> conditions, @Nullable List<Drift> drift) {
        return known.with(generation, conditions, drift);
    }

    private static ConsumerStatus read(Sight.Seen seen) {
        JsonNode info = seen.live().info();
        boolean paused = info.path("paused").asBoolean();
        return new ConsumerStatus(
                null,
                null,
                seen.name().stream(),
                seen.name().name(),
                Info.text(info, "created"),
                info.path("num_pending").asLong(),
                info.path("num_ack_pending").asLong(),
                info.path("num_redelivered").asLong(),
                info.path("num_waiting").asLong(),
                pair(info.path("delivered")),
                pair(info.path("ack_floor")),
                paused,
                paused ? Info.time(info.path("config"), "pause_until") : null,
                Info.text(info.path("cluster"), "name"),
                Info.text(info.path("cluster"), "leader"),
                Info.replicas(info),
                null);
    }

    private static SequencePair pair(JsonNode sequences) {
        return new SequencePair(
                sequences.path("consumer_seq").asLong(),
                sequences.path("stream_seq").asLong());
    }

    @Override
    public @Nullable Consumer find(ResourceID id) {
        return cache.get(id).orElse(null);
    }

    @Override
    public Stream<Consumer> naming(AssetName name) {
        return name instanceof ConsumerName
                ? of(name.stream()).filter(consumer -> nameOf(consumer).equals(name.name()))
                : Stream.empty();
    }

    @Override
    public Stream<Consumer> concernedBy(AssetName name) {
        return name instanceof ConsumerName ? naming(name) : of(name.stream());
    }

    /** The consumers of a stream, whichever way they name it. */
    private Stream<Consumer> of(String stream) {
        Stream<String> resources = streams.byIndex(BY_STREAM, stream).stream()
                .map(each -> resourceKey(
                        each.getMetadata().getNamespace(), each.getMetadata().getName()));
        return Stream.concat(Stream.of(stream), resources).flatMap(key -> cache.byIndex(BY_STREAM, key).stream());
    }

    /** A Stream resource is watched; of streams that are made by resources of other kinds this is how it is known. */
    @Override
    public Stream<Consumer> concernedBy(AssetName name, Asset<?, ?> doer) {
        return name instanceof ConsumerName || doer instanceof io.jetwright.api.Stream
                ? naming(name)
                : of(name.stream());
    }

    /** The consumers that name a Stream resource, or its stream. */
    public static Stream<ResourceID> idsFor(IndexerResourceCache<Consumer> cache, io.jetwright.api.Stream stream) {
        return Stream.of(
                        StreamKind.nameOf(stream),
                        resourceKey(
                                stream.getMetadata().getNamespace(),
                                stream.getMetadata().getName()))
                .flatMap(key -> cache.byIndex(BY_STREAM, key).stream())
                .map(ResourceID::fromResource);
    }
}
