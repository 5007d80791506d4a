package io.jetwright.operator.asset.kind;

import com.fasterxml.jackson.databind.JsonNode;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.jetwright.api.Consumer;
import io.jetwright.api.ConsumerSpec;
import io.jetwright.api.ConsumerStatus;
import io.jetwright.api.PriorityGroup;
import io.jetwright.api.SequencePair;
import io.jetwright.plan.Mapping;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Consumers. Each belongs to a stream, which it names itself, or by the Stream resource that declares it. */
public final class ConsumerKind {
    private ConsumerKind() {}

    /** The kind, with the resources and the Stream resources that these dead letters are about. */
    public static Kind<Consumer, ConsumerSpec, ConsumerStatus> of(DeadLetters deadLetters) {
        return new Kind<>(
                Consumer.class,
                Mapping.CONSUMER,
                deadLetters.naming(),
                new View<>(
                        Consumer::new,
                        ConsumerStatus.NOTHING,
                        ConsumerKind::read,
                        ConsumerStatus::namesOnly,
                        ConsumerStatus::placeOnly,
                        ConsumerStatus::with,
                        ConsumerStatus::withoutDeadLetters),
                deadLetters.index(),
                deadLetters::condition);
    }

    /**
     * The Consumers to reconcile when this Stream resource comes, goes or is made anew, or what it takes or keeps is another than
     * before. A stream that copies others may be a part of any loop.
     */
    public static Stream<ResourceID> dependents(IndexerResourceCache<Consumer> cache, io.jetwright.api.Stream stream) {
        boolean copies = stream.getSpec().mirror() != null || stream.getSpec().sources() != null;
        return Stream.concat(
                        ConsumerIndex.dependents(cache, stream),
                        copies ? ConsumerIndex.withDeadLetters(cache) : DeadLetters.refusedForLoop(cache))
                .map(ResourceID::fromResource);
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
                InfoReader.time(info, "ts"),
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
                sequences.path("stream_seq").asLong(),
                InfoReader.time(sequences, "last_active"));
    }
}
