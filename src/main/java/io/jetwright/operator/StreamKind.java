package io.jetwright.operator;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Condition;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.jetwright.api.Drift;
import io.jetwright.api.Stream;
import io.jetwright.api.StreamLag;
import io.jetwright.api.StreamSpec;
import io.jetwright.api.StreamStatus;
import io.jetwright.jetstream.ConnectionSettings;
import io.jetwright.plan.AssetName;
import io.jetwright.plan.AssetName.StreamName;
import io.jetwright.plan.Mapping;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Streams. */
final class StreamKind implements Kind<Stream, StreamSpec, StreamStatus> {
    private static final String BY_STREAM = "stream";

    private final ConnectionSettings connection;
    private final IndexerResourceCache<Stream> cache;

    StreamKind(ConnectionSettings connection, IndexerResourceCache<Stream> cache) {
        this.connection = connection;
        this.cache = cache;
        cache.addIndexer(BY_STREAM, stream -> List.of(nameOf(stream)));
    }

    /** The name in JetStream of the stream that a resource declares. */
    static String nameOf(Stream resource) {
        return Objects.requireNonNullElse(
                resource.getSpec().name(), resource.getMetadata().getName());
    }

    @Override
    public Mapping<StreamSpec> mapping() {
        return Mapping.STREAM;
    }

    @Override
    public Target.Resolved resolve(Stream resource) {
        return new Target.Resolved(connection, new StreamName(nameOf(resource)));
    }

    @Override
    public Target.Resolved lastKnown(Stream resource) {
        return resolve(resource);
    }

    @Override
    public Stream withStatus(StreamStatus status) {
        var resource = new Stream();
        resource.setStatus(status);
        return resource;
    }

    @Override
    public StreamStatus known(Sight sight, @Nullable StreamStatus before) {
        return switch (sight) {
            case Sight.Seen seen -> read(seen);
            case Sight.Unseen unseen -> Objects.requireNonNullElse(before, StreamStatus.NOTHING);
            case Sight.Absent absent -> StreamStatus.NOTHING;
        };
    }

    @Override
    public StreamStatus with(
            StreamStatus known, @Nullable Long generation, List<Condition> conditions, @Nullable List<Drift> drift) {
        return known.with(generation, conditions, drift);
    }

    private static StreamStatus read(Sight.Seen seen) {
        JsonNode info = seen.live().info();
        JsonNode state = info.path("state");
        return new StreamStatus(
                null,
                null,
                seen.name().name(),
                captures(info.path("config").path("subjects")),
                Info.text(info, "created"),
                state.path("messages").asLong(),
                state.path("bytes").asLong(),
                state.path("first_seq").asLong(),
                state.path("last_seq").asLong(),
                Info.time(state, "last_ts"),
                state.path("consumer_count").asLong(),
                state.path("num_subjects").asLong(),
                Info.text(info.path("cluster"), "name"),
                Info.text(info.path("cluster"), "leader"),
                Info.replicas(info),
                info.has("mirror") ? lag(info.path("mirror")) : null,
                Info.list(info.path("sources"), StreamKind::lag),
                null);
    }

    /** Null for a mirror, or a stream that only has sources. */
    private static @Nullable String captures(JsonNode subjects) {
        return subjects.isEmpty()
                ? null
                : subjects.valueStream().map(JsonNode::asText).collect(Collectors.joining(","));
    }

    private static StreamLag lag(JsonNode source) {
        return new StreamLag(
                source.path("name").asText(),
                source.path("lag").asLong(),
                Info.text(source.path("error"), "description"));
    }

    @Override
    public @Nullable Stream find(ResourceID id) {
        return cache.get(id).orElse(null);
    }

    @Override
    public java.util.stream.Stream<Stream> naming(AssetName name) {
        return cache.byIndex(BY_STREAM, name.stream()).stream();
    }

    /**
     * A stream is concerned by its consumers, too: it counts them, and nats-server at times loses the advisory of a
     * stream's deletion (seen in 2.15.2), but not those of its consumers'.
     */
    @Override
    public java.util.stream.Stream<Stream> concernedBy(AssetName name) {
        return naming(name);
    }

    @Override
    public java.util.stream.Stream<Stream> counting(StreamName stream) {
        return naming(stream);
    }
}
