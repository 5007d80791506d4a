package io.jetwright.operator.asset.kind;

import com.fasterxml.jackson.databind.JsonNode;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.jetwright.api.Consumer;
import io.jetwright.api.ConsumerSpec;
import io.jetwright.api.ConsumerStatus;
import io.jetwright.api.PriorityGroup;
import io.jetwright.api.SequencePair;
import io.jetwright.operator.connection.Routes;
import io.jetwright.plan.Mapping;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Consumers. Each belongs to a stream, which it names itself, or by the Stream resource that declares it. */
public final class ConsumerKind {
    private ConsumerKind() {}

    /**
     * The kind.
     *
     * @param cache its resources
     * @param streams the Stream resources
     */
    public static Kind<Consumer, ConsumerSpec, ConsumerStatus> of(
            Routes routes,
            IndexerResourceCache<Consumer> cache,
            IndexerResourceCache<io.jetwright.api.Stream> streams,
            Clock clock) {
        var declared = new DeclaredStreams(routes, streams);
        return new Kind<>(
                Consumer.class,
                Mapping.CONSUMER,
                new ConsumerNaming(routes, declared, clock),
                new View<>(
                        Consumer::new,
                        ConsumerStatus.NOTHING,
                        ConsumerKind::read,
                        ConsumerStatus::namesOnly,
                        ConsumerStatus::placeOnly,
                        ConsumerStatus::with),
                new ConsumerIndex(routes, cache, declared));
    }

    /** The Consumers to reconcile when this Stream resource comes, goes or is made anew. */
    public static Stream<ResourceID> dependents(IndexerResourceCache<Consumer> cache, io.jetwright.api.Stream stream) {
        return ConsumerIndex.dependents(cache, stream).map(ResourceID::fromResource);
    }

    private static ConsumerStatus read(Sight.Seen seen, ConsumerStatus before) {
        JsonNode info = seen.live().info();
        boolean paused = info.path("paused").asBoolean();
        return new ConsumerStatus(
                null,
                null,
                seen.name().stream(),
                seen.name().name(),
                seen.connection(),
                InfoReader.text(info, "created"),
                info.path("num_pending").asLong(),
                info.path("num_ack_pending").asLong(),
                info.path("num_redelivered").asLong(),
                info.path("num_waiting").asLong(),
                pushBound(info),
                priorityGroups(info),
                pair(info.path("delivered")),
                pair(info.path("ack_floor")),
                paused,
                paused ? InfoReader.time(info.path("config"), "pause_until") : null,
                InfoReader.text(info.path("cluster"), "name"),
                InfoReader.leader(info, before.leader()),
                InfoReader.replicas(info),
                InfoReader.migration(info),
                before.deadLetters(),
                null,
                null);
    }

    /** Servers omit it while nobody is subscribed. */
    private static @Nullable Boolean pushBound(JsonNode info) {
        boolean isPush = InfoReader.text(info.path("config"), "deliver_subject") != null;
        return isPush ? Boolean.valueOf(info.path("push_bound").asBoolean()) : null;
    }

    private static @Nullable List<PriorityGroup> priorityGroups(JsonNode info) {
        return InfoReader.list(
                info.path("priority_groups"),
                group -> new PriorityGroup(
                        group.path("group").asText(),
                        InfoReader.text(group, "pinned_client_id"),
                        InfoReader.time(group, "pinned_ts")));
    }

    private static SequencePair pair(JsonNode sequences) {
        return new SequencePair(
                sequences.path("consumer_seq").asLong(),
                sequences.path("stream_seq").asLong());
    }
}
