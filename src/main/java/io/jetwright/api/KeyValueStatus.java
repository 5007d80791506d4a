package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What JetStream says of a key-value bucket, as of the last time it was asked. */
@JsonClassDescription("What JetStream has, and whether it agrees with the spec.")
public record KeyValueStatus(
        @JsonPropertyDescription("The generation of the spec that this status speaks of.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("Ready, Synced and ResolvedRefs; Reconciling and Stalled while they hold.") @Nullable
        List<Condition> conditions,

        @JsonPropertyDescription("The bucket's name.") @Nullable
        String bucket,

        @JsonPropertyDescription("The stream in JetStream that the bucket is.") @Nullable
        String stream,

        @JsonPropertyDescription(
                "The Connection on which the bucket lives, as namespace/name; absent for the operator's own settings (NATS_URL).")
        @Nullable
        String connection,

        @Measurement
        @JsonPropertyDescription(
                "When this was read from JetStream. What was read later is the same, or its numbers differ by too little to be"
                        + " written at once (STATUS_INTERVAL).")
        @Nullable
        String readTime,

        @JsonPropertyDescription("When the bucket was created in JetStream.") @Nullable
        String created,

        @Measurement
        @JsonPropertyDescription(
                "How many values the bucket holds, with the history of each key and the markers of those deleted.")
        @Nullable
        Long values,

        @Measurement
        @JsonPropertyDescription("How many keys they belong to, those that are deleted but not purged among them.")
        @Nullable
        Long keys,

        @Measurement @JsonPropertyDescription("How many bytes all of it takes.") @Nullable
        Long bytes,

        @JsonPropertyDescription("How many values the bucket keeps of each key.") @Nullable
        Long history,

        @JsonPropertyDescription("How long the bucket keeps a value; absent for no limit.") @Nullable
        String ttl,

        @JsonPropertyDescription("Where messages are kept: file or memory.") @Nullable
        String storage,

        @JsonPropertyDescription("The bucket is sealed: nothing can be added to it or removed from it, and"
                + " ttl is not compared, since the server sets it itself. Omitted if it is not.")
        @Nullable
        Boolean sealed,

        @Measurement @JsonPropertyDescription("When something was last stored.") @Nullable
        String lastTime,

        @JsonPropertyDescription("The NATS cluster that the bucket is in.") @Nullable
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
    public static final KeyValueStatus NOTHING = new KeyValueStatus(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
            null, null, null, null, null);

    /** A copy with this report; what JetStream said stays. */
    public KeyValueStatus with(
            @Nullable Long observedGeneration,
            List<Condition> conditions,
            @Nullable List<Drift> drift,
            @Nullable List<Unmanaged> unmanaged) {
        return new KeyValueStatus(
                observedGeneration,
                conditions,
                bucket,
                stream,
                connection,
                readTime,
                created,
                values,
                keys,
                bytes,
                history,
                ttl,
                storage,
                sealed,
                lastTime,
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
