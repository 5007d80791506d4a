package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What JetStream says of a stream, as of the last time it was asked. */
@JsonClassDescription("What JetStream has, and whether it agrees with the spec.")
public record StreamStatus(
        @JsonPropertyDescription("The generation of the spec that this status speaks of.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("Ready, Synced and ResolvedRefs; Reconciling and Stalled while they hold.") @Nullable
        List<Condition> conditions,

        @JsonPropertyDescription("The stream's name in JetStream.") @Nullable
        String stream,

        @JsonPropertyDescription(
                "The Connection on which the stream lives, as namespace/name; absent for the operator's own settings (NATS_URL).")
        @Nullable
        String connection,

        @JsonPropertyDescription("The subjects that the stream captures, separated by commas.") @Nullable
        String captures,

        @JsonPropertyDescription("Where messages are kept: file or memory.") @Nullable
        String storage,

        @JsonPropertyDescription("How long messages are kept: limits, interest or workqueue.") @Nullable
        String retention,

        @JsonPropertyDescription(
                "The stream is sealed: nothing can be added to it or removed from it, and"
                        + " maxAge, discard, denyDelete, denyPurge and allowRollup are not compared, since the server sets them itself. Omitted if it is not.")
        @Nullable
        Boolean sealed,

        @Measurement
        @JsonPropertyDescription(
                "When this was read from JetStream. What was read later is the same, or its numbers differ by too little to be"
                        + " written at once (STATUS_INTERVAL).")
        @Nullable
        String readTime,

        @JsonPropertyDescription("When the stream was created in JetStream.") @Nullable
        String created,

        @Measurement @JsonPropertyDescription("How many messages the stream holds.") @Nullable
        Long messages,

        @Measurement @JsonPropertyDescription("How many bytes all of it takes.") @Nullable
        Long bytes,

        @Measurement @JsonPropertyDescription("The sequence of the first message.") @Nullable
        Long firstSequence,

        @Measurement @JsonPropertyDescription("The sequence of the last message.") @Nullable
        Long lastSequence,

        @Measurement @JsonPropertyDescription("When the last message was stored.") @Nullable
        String lastTime,

        @Measurement @JsonPropertyDescription("How many consumers the stream has.") @Nullable
        Long consumers,

        @Measurement @JsonPropertyDescription("How many subjects have messages in the stream.") @Nullable
        Long subjects,

        @Measurement
        @JsonPropertyDescription(
                "How many messages between the first and the last are gone: deleted, acknowledged, expired or lost. Omitted if none"
                        + " is.")
        @Nullable
        Long deleted,

        @JsonPropertyDescription("The NATS cluster that the stream is in.") @Nullable
        String cluster,

        @JsonPropertyDescription("The server that leads.") @Nullable
        String leader,

        @JsonPropertyDescription("The other servers that keep a copy.") @Nullable
        List<Replica> replicas,

        @JsonPropertyDescription(
                "The move to other servers, or to more or fewer of them, while it goes on. Server 2.15.")
        @Nullable
        Migration migration,

        @JsonPropertyDescription("How far the mirror has come.") @Nullable
        StreamLag mirror,

        @JsonPropertyDescription("How far the sources have come.") @Nullable
        List<StreamLag> sources,

        @JsonPropertyDescription("The fields in which JetStream disagrees with the spec.") @Nullable
        List<Drift> drift,

        @JsonPropertyDescription(
                "Settings that JetStream has beyond the spec, and that are left as they are; 20 at most.")
        @Nullable
        List<Unmanaged> unmanaged)
        implements AssetStatus {
    /** The status before JetStream was read: all fields are null. */
    public static final StreamStatus NOTHING = new StreamStatus(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
            null, null, null, null, null, null, null, null);

    /** A copy with this report; what JetStream said stays. */
    public StreamStatus with(
            @Nullable Long observedGeneration,
            List<Condition> conditions,
            @Nullable List<Drift> drift,
            @Nullable List<Unmanaged> unmanaged) {
        return new StreamStatus(
                observedGeneration,
                conditions,
                stream,
                connection,
                captures,
                storage,
                retention,
                sealed,
                readTime,
                created,
                messages,
                bytes,
                firstSequence,
                lastSequence,
                lastTime,
                consumers,
                subjects,
                deleted,
                cluster,
                leader,
                replicas,
                migration,
                mirror,
                sources,
                drift,
                unmanaged);
    }
}
