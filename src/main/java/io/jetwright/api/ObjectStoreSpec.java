package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object store (ADR-20) as its resource declares it. A field that is null was omitted, and is left to the server. */
@JsonClassDescription(
        "The bucket as JetStream is to have it. What is omitted stays as JetStream has it, see omittedFields; what is removed goes back to the server's default.")
@ValidationRule(
        value = "!has(self.metadata) || self.metadata.all(key, !key.startsWith('jetwright.io/')"
                + " && !key.startsWith('_nats.'))",
        message = "metadata keys that begin with jetwright.io/ or _nats. are reserved: rename them")
@ValidationRule(value = ConnectionReference.UNCHANGED, message = ConnectionReference.CHANGED)
public record ObjectStoreSpec(
        @JsonPropertyDescription("The bucket's name, by which clients know it. Omitted: the resource's own name. Cannot"
                + " be changed.")
        @Pattern(Limits.BUCKET)
        @Size(min = 1, max = Limits.BUCKET_LENGTH)
        @Nullable
        String bucket,

        @JsonPropertyDescription("What the bucket is for, in words.") @Size(max = Limits.DESCRIPTION_LENGTH) @Nullable
        String description,

        @JsonPropertyDescription(
                "How long the bucket keeps an object: a duration such as 24h or 7d; 0s for no limit, the"
                        + " server's default.")
        @Pattern(Durations.PATTERN)
        @Size(max = Limits.DURATION_LENGTH)
        @ValidationRule(
                value = Durations.AT_LEAST + "duration('100ms') || " + Durations.VALUE + " == duration('0s')",
                message = "must be at least 100ms, or 0s for no limit")
        @Nullable
        String ttl,

        @JsonPropertyDescription(
                "How many bytes the bucket keeps: an integer, or a size such as 256Mi or 1Gi; -1 for no"
                        + " limit, the server's default. A full bucket refuses what is put into it.")
        @Nullable
        ByteSize maxBytes,

        @JsonPropertyDescription("Where the bucket is kept. The server's default is file. Cannot be updated.") @Nullable
        StorageType storage,

        @JsonPropertyDescription("How many servers of the cluster keep the bucket. The server's default is 1.")
        @Min(1)
        @Max(5)
        @Nullable
        Integer replicas,

        @JsonPropertyDescription("On which servers the bucket is placed.") @Nullable
        Placement placement,

        @JsonPropertyDescription("Whether a file store is compressed, with s2. The server's default is false.")
        @Nullable
        Boolean compression,

        @JsonPropertyDescription("Keys and values that are kept with the bucket.") @Size(max = 100) @Nullable
        Map<String, @Size(max = Limits.DESCRIPTION_LENGTH) String> metadata,

        @JsonPropertyDescription(ConnectionReference.DESCRIPTION) @Nullable
        ConnectionReference connectionRef,

        @JsonPropertyDescription("Manage (default): JetStream is made to agree. Observe: nothing is ever written, and"
                + " the drift is shown in the status.")
        @Nullable
        ManagementPolicy managementPolicy,

        @JsonPropertyDescription("What becomes of the bucket when this resource is deleted: Delete (default), Retain,"
                + " or DeleteIfEmpty, which waits until it holds nothing, not even a marker of something deleted;"
                + " what is put between that check and the deletion, within milliseconds, is lost.")
        @Nullable
        DeletionPolicy deletionPolicy,

        @JsonPropertyDescription("What happens when a change needs a new bucket: Never (default) refuses it, IfEmpty"
                + " recreates a bucket that holds nothing (what is put between that check and the deletion is lost),"
                + " Always recreates it and loses what is in it.")
        @Nullable
        RecreatePolicy recreatePolicy,

        @JsonPropertyDescription("Settings that this spec omits, and never had: Keep (default) leaves them as they are,"
                + " whoever has set them. Reset has them go back to the server's defaults.")
        @Nullable
        OmittedFields omittedFields,

        @JsonPropertyDescription("Jetwright leaves the bucket alone: nothing is read, written or deleted.") @Nullable
        Boolean suspend)
        implements BucketSpec {}
