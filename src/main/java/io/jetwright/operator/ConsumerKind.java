package io.jetwright.operator;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Condition;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.jetwright.api.Asset;
import io.jetwright.api.Consumer;
import io.jetwright.api.ConsumerSpec;
import io.jetwright.api.ConsumerStatus;
import io.jetwright.api.Drift;
import io.jetwright.api.SequencePair;
import io.jetwright.api.StreamReference;
import io.jetwright.api.Times;
import io.jetwright.jetstream.ConnectionSettings;
import io.jetwright.plan.AssetName;
import io.jetwright.plan.AssetName.ConsumerName;
import io.jetwright.plan.Mapping;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Consumers. */
final class ConsumerKind implements Kind<Consumer, ConsumerSpec, ConsumerStatus> {
    private static final String BY_STREAM = "stream";

    /** How long a new Stream resource may take to be reported on. */
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Clock clock;
    private final ConnectionSettings connection;
    private final IndexerResourceCache<Consumer> cache;
    private final IndexerResourceCache<io.jetwright.api.Stream> streams;

    ConsumerKind(
            ConnectionSettings connection,
            IndexerResourceCache<Consumer> cache,
            IndexerResourceCache<io.jetwright.api.Stream> streams,
            Clock clock) {
        this.clock = clock;
        this.connection = connection;
        this.cache = cache;
        this.streams = streams;
        cache.addIndexer(BY_STREAM, consumer -> List.of(streamKey(consumer)));
        streams.addIndexer(BY_STREAM, stream -> List.of(StreamKind.nameOf(stream)));
    }

    /** What the consumers of one stream have in common: its name, or that of its resource. */
    private static String streamKey(Consumer resource) {
        StreamReference reference = resource.getSpec().streamRef();
        return reference == null
                ? Objects.requireNonNullElse(resource.getSpec().streamName(), "")
                : resourceKey(resource.getMetadata().getNamespace(), reference.name());
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
    public Target resolve(Consumer resource) {
        StreamReference reference = resource.getSpec().streamRef();
        if (reference == null) {
            return byName(resource, Objects.requireNonNull(resource.getSpec().streamName()));
        }
        String namespace = resource.getMetadata().getNamespace();
        Optional<io.jetwright.api.Stream> stream = streams.get(new ResourceID(reference.name(), namespace));
        if (stream.isEmpty()) {
            return new Target.Missing(
                    "there is no Stream resource %s in namespace %s: create it, or correct spec.streamRef"
                            .formatted(reference.name(), namespace));
        }
        if (isComing(stream.get())) {
            return new Target.Coming();
        }
        if (!exists(stream.get())) {
            return new Target.Missing(
                    "the Stream resource %s has no stream in JetStream: kubectl describe stream %s -n %s"
                            .formatted(reference.name(), reference.name(), namespace));
        }
        return target(resource, StreamKind.nameOf(stream.get()));
    }

    /** While a Stream resource is about to create the stream, there is no use in asking JetStream for it. */
    private Target byName(Consumer resource, String stream) {
        List<io.jetwright.api.Stream> declared = streams.byIndex(BY_STREAM, stream);
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

    private Target.Resolved target(Consumer resource, String stream) {
        return new Target.Resolved(connection, new ConsumerName(stream, nameOf(resource)));
    }

    @Override
    public Target.@Nullable Resolved lastKnown(Consumer resource) {
        ConsumerStatus status = resource.getStatus();
        if (status != null && status.stream() != null) {
            return target(resource, status.stream());
        }
        return resolve(resource) instanceof Target.Resolved resolved ? resolved : null;
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
    static Stream<ResourceID> idsFor(IndexerResourceCache<Consumer> cache, io.jetwright.api.Stream stream) {
        return Stream.of(
                        StreamKind.nameOf(stream),
                        resourceKey(
                                stream.getMetadata().getNamespace(),
                                stream.getMetadata().getName()))
                .flatMap(key -> cache.byIndex(BY_STREAM, key).stream())
                .map(ResourceID::fromResource);
    }
}
