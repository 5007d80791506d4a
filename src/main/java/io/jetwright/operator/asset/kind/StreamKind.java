package io.jetwright.operator.asset.kind;

import com.fasterxml.jackson.databind.JsonNode;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.jetwright.api.Stream;
import io.jetwright.api.StreamSpec;
import io.jetwright.api.StreamStatus;
import io.jetwright.operator.connection.Routes;
import io.jetwright.plan.AssetName.StreamName;
import io.jetwright.plan.Mapping;
import io.jetwright.plan.Names;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Streams. */
public final class StreamKind {
    private StreamKind() {}

    /** The kind, with its resources in this cache. */
    public static Kind<Stream, StreamSpec, StreamStatus> of(Routes routes, IndexerResourceCache<Stream> cache) {
        return new Kind<>(
                Stream.class,
                Mapping.STREAM,
                new StreamNaming<>(routes, StreamKind::name),
                new View<>(
                        Stream::new,
                        StreamStatus.NOTHING,
                        StreamKind::read,
                        gone -> StreamStatus.NOTHING,
                        UnaryOperator.identity(),
                        StreamStatus::with),
                new CountingIndex(routes, cache));
    }

    static StreamName name(Stream resource) {
        return Names.stream(resource.getSpec(), resource.getMetadata().getName());
    }

    private static StreamStatus read(Sight.Seen seen, StreamStatus before) {
        JsonNode info = seen.live().info();
        JsonNode state = info.path("state");
        return new StreamStatus(
                null,
                null,
                seen.name().name(),
                seen.connection(),
                captures(info.path("config").path("subjects")),
                InfoReader.storage(info),
                InfoReader.text(info.path("config"), "retention"),
                InfoReader.sealed(info),
                InfoReader.time(info, "ts"),
                InfoReader.text(info, "created"),
                state.path("messages").asLong(),
                state.path("bytes").asLong(),
                state.path("first_seq").asLong(),
                state.path("last_seq").asLong(),
                InfoReader.time(state, "last_ts"),
                state.path("consumer_count").asLong(),
                state.path("num_subjects").asLong(),
                state.has("num_deleted")
                        ? Long.valueOf(state.path("num_deleted").asLong())
                        : null,
                InfoReader.text(info.path("cluster"), "name"),
                InfoReader.leader(info, before.leader()),
                InfoReader.replicas(info),
                InfoReader.migration(info),
                InfoReader.mirror(info),
                InfoReader.sources(info),
                null,
                null);
    }

    /** Null for a mirror, or a stream that only has sources. */
    private static @Nullable String captures(JsonNode subjects) {
        return subjects.isEmpty()
                ? null
                : subjects.valueStream().map(JsonNode::asText).collect(Collectors.joining(","));
    }

    /**
     * The status of a Stream counts the consumers. Besides, nats-server 2.15.2 sometimes loses the advisory of a stream's
     * deletion, but not those of its consumers' deletion.
     */
    private static final class CountingIndex extends StreamIndex<Stream> {
        CountingIndex(Routes routes, IndexerResourceCache<Stream> cache) {
            super(routes, cache, StreamKind::name);
        }

        @Override
        public java.util.stream.Stream<Stream> counting(StreamName stream) {
            return naming(stream);
        }
    }
}
