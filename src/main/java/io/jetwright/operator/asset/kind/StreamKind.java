package io.jetwright.operator.asset.kind;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Condition;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.jetwright.api.Drift;
import io.jetwright.api.Stream;
import io.jetwright.api.StreamSpec;
import io.jetwright.api.StreamStatus;
import io.jetwright.operator.connection.Routes;
import io.jetwright.plan.AssetName;
import io.jetwright.plan.AssetName.StreamName;
import io.jetwright.plan.Mapping;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Streams. */
public final class StreamKind extends StreamBasedKind<Stream, StreamSpec, StreamStatus> {
    public StreamKind(Routes routes, IndexerResourceCache<Stream> cache) {
        super(routes, cache);
    }

    /** The name in JetStream of the stream that a resource declares. */
    public static String nameOf(Stream resource) {
        return Objects.requireNonNullElse(
                resource.getSpec().name(), resource.getMetadata().getName());
    }

    @Override
    public StreamName streamOf(Stream resource) {
        return new StreamName(nameOf(resource));
    }

    @Override
    public Class<Stream> type() {
        return Stream.class;
    }

    @Override
    public Mapping<StreamSpec> mapping() {
        return Mapping.STREAM;
    }

    @Override
    public Stream withStatus(StreamStatus status) {
        var resource = new Stream();
        resource.setStatus(status);
        return resource;
    }

    @Override
    public StreamStatus nothing() {
        return StreamStatus.NOTHING;
    }

    @Override
    public StreamStatus with(
            StreamStatus known, @Nullable Long generation, List<Condition> conditions, @Nullable List<Drift> drift) {
        return known.with(generation, conditions, drift);
    }

    @Override
    public StreamStatus read(Sight.Seen seen, StreamStatus before) {
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
                Info.mirror(info),
                Info.sources(info),
                null);
    }

    /** Null for a mirror, or a stream that only has sources. */
    private static @Nullable String captures(JsonNode subjects) {
        return subjects.isEmpty()
                ? null
                : subjects.valueStream().map(JsonNode::asText).collect(Collectors.joining(","));
    }

    /**
     * A stream is concerned by its consumers, too: it counts them, and nats-server at times loses the advisory of a
     * stream's deletion (seen in 2.15.2), but not those of its consumers'.
     */
    @Override
    public java.util.stream.Stream<Stream> concernedBy(AssetName name) {
        return declaring(name.stream());
    }

    @Override
    public java.util.stream.Stream<Stream> counting(StreamName stream) {
        return naming(stream);
    }
}
