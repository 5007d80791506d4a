package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What JetStream says of a consumer, as of the last time it was asked. */
@JsonClassDescription("What JetStream has, and whether it agrees with the spec.")
public record ConsumerStatus(
        @JsonPropertyDescription("The generation of the spec that this status speaks of.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription(
                "Ready, Synced and ResolvedRefs; Reconciling and Stalled while they hold; DeadLetters with spec.deadLetter.")
        @Nullable
        List<Condition> conditions,

        @JsonPropertyDescription("The stream's name in JetStream.") @Nullable
        String stream,

        @JsonPropertyDescription("The consumer's name in JetStream.") @Nullable
        String consumer,

        @JsonPropertyDescription(
                "The Connection on which the consumer lives, as namespace/name; absent for the operator's own settings (NATS_URL).")
        @Nullable
        String connection,

        @Measurement
        @JsonPropertyDescription(
                "When this was read from JetStream. What was read later is the same, or its numbers differ by too little to be"
                        + " written at once (STATUS_INTERVAL).")
        @Nullable
        String readTime,

        @JsonPropertyDescription("When the consumer was created in JetStream.") @Nullable
        String created,

        @Measurement @JsonPropertyDescription("How many messages are still to be delivered.") @Nullable
        Long pending,

        @Measurement @JsonPropertyDescription("How many deliveries are not acknowledged yet.") @Nullable
        Long ackPending,

        @Measurement
        @JsonPropertyDescription("How many messages were delivered more than once and are not acknowledged yet.")
        @Nullable
        Long redelivered,

        @Measurement @JsonPropertyDescription("How many pull requests are waiting for messages.") @Nullable
        Long waiting,

        @JsonPropertyDescription(
                "Whether a client is subscribed to the subject on which a push consumer delivers. Omitted for a pull consumer.")
        @Nullable
        Boolean pushBound,

        @JsonPropertyDescription("The priority groups, and the clients that they are pinned to. Server 2.11.") @Nullable
        List<PriorityGroup> priorityGroups,

        @JsonPropertyDescription("The last delivery.") @Nullable
        SequencePair delivered,

        @JsonPropertyDescription("Everything up to here is acknowledged.") @Nullable
        SequencePair ackFloor,

        @JsonPropertyDescription("Whether delivery is paused.") @Nullable
        Boolean paused,

        @JsonPropertyDescription("Until when delivery is paused.") @Nullable
        String pausedUntil,

        @JsonPropertyDescription("The NATS cluster that the consumer is in.") @Nullable
        String cluster,

        @JsonPropertyDescription("The server that leads.") @Nullable
        String leader,

        @JsonPropertyDescription("The other servers that keep a copy.") @Nullable
        List<Replica> replicas,

        @JsonPropertyDescription(
                "The move to other servers, or to more or fewer of them, while it goes on. Server 2.15.")
        @Nullable
        Migration migration,

        @JsonPropertyDescription("Its dead letters, as the relay of dead letters reports them.") @Nullable
        DeadLettersStatus deadLetters,

        @JsonPropertyDescription("The fields in which JetStream disagrees with the spec.") @Nullable
        List<Drift> drift,

        @JsonPropertyDescription(
                "Settings that JetStream has beyond the spec, and that are left as they are; 20 at most.")
        @Nullable
        List<Unmanaged> unmanaged)
        implements AssetStatus {
    /** The status before JetStream was read: all fields are null. */
    public static final ConsumerStatus NOTHING = new ConsumerStatus(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
            null, null, null, null, null, null);

    /** A copy with this report; what JetStream and the relay of dead letters said stays. */
    public ConsumerStatus with(
            @Nullable Long observedGeneration,
            List<Condition> conditions,
            @Nullable List<Drift> drift,
            @Nullable List<Unmanaged> unmanaged) {
        return new ConsumerStatus(
                observedGeneration,
                conditions,
                stream,
                consumer,
                connection,
                readTime,
                created,
                pending,
                ackPending,
                redelivered,
                waiting,
                pushBound,
                priorityGroups,
                delivered,
                ackFloor,
                paused,
                pausedUntil,
                cluster,
                leader,
                replicas,
                migration,
                deadLetters,
                drift,
                unmanaged);
    }

    /**
     * A copy with only the names of the consumer and its stream, by which the operator finds the consumer even after its
     * Stream resource is gone.
     */
    public ConsumerStatus namesOnly() {
        return placeOnly(null, null);
    }

    /** A copy with only where the consumer lives and since when, by which the operator finds it when it is deleted. */
    public ConsumerStatus placeOnly() {
        return placeOnly(connection, created);
    }

    private ConsumerStatus placeOnly(@Nullable String connection, @Nullable String created) {
        return new ConsumerStatus(
                null,
                null,
                stream,
                consumer,
                connection,
                null,
                created,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                deadLetters,
                null,
                null);
    }

    /** A copy without what the relay of dead letters writes. */
    public ConsumerStatus withoutDeadLetters() {
        return withDeadLetters(null);
    }

    /** A copy with what the relay of dead letters says; all else stays. */
    public ConsumerStatus withDeadLetters(@Nullable DeadLettersStatus report) {
        return new ConsumerStatus(
                observedGeneration,
                conditions,
                stream,
                consumer,
                connection,
                readTime,
                created,
                pending,
                ackPending,
                redelivered,
                waiting,
                pushBound,
                priorityGroups,
                delivered,
                ackFloor,
                paused,
                pausedUntil,
                cluster,
                leader,
                replicas,
                migration,
                report,
                drift,
                unmanaged);
    }
}
