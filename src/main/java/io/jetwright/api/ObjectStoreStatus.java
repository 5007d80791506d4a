package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What JetStream says of an object store, as of the last time it was asked. */
@JsonClassDescription("What JetStream has, and whether it agrees with the spec.")
public record ObjectStoreStatus(
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
                "How many objects and links the store holds, with those that are deleted and leave a marker.")
        @Nullable
        Long objects,

        @Measurement @JsonPropertyDescription("How many bytes all of it takes.") @Nullable
        Long bytes,

        @JsonPropertyDescription("How long the bucket keeps an object; absent for no limit.") @Nullable
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

        @JsonPropertyDescription("The fields in which JetStream disagrees with the spec.") @Nullable
        List<Drift> drift,

        @JsonPropertyDescription(
                "Settings that JetStream has beyond the spec, and that are left as they are; 20 at most.")
        @Nullable
        List<Unmanaged> unmanaged)
        implements AssetStatus {
    /** The status before JetStream was read: all fields are null. */
    public static final ObjectStoreStatus NOTHING = new ObjectStoreStatus(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
            null);

    /** A copy with this report; what JetStream said stays. */
    public ObjectStoreStatus with(
            @Nullable Long observedGeneration,
            List<Condition> conditions,
            @Nullable List<Drift> drift,
            @Nullable List<Unmanaged> unmanaged) {
        return new ObjectStoreStatus(
                observedGeneration,
                conditions,
                bucket,
                stream,
                connection,
                readTime,
                created,
                objects,
                bytes,
                ttl,
                storage,
                sealed,
                lastTime,
                cluster,
                leader,
                replicas,
                migration,
                drift,
                unmanaged);
    }
}
