package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A key-value bucket (ADR-8) as its resource declares it. A field that is null was omitted, and is left to the server;
 * except that a new bucket without {@code history} gets 1, as clients create it.
 */
@JsonClassDescription(
        "The bucket as JetStream is to have it. What is omitted stays as JetStream has it, see omittedFields; what is removed goes back to the server's default.")
@ValidationRule(
        value = "!has(self.mirror) || !has(self.sources)",
        message = "a bucket is either a mirror or has sources: remove sources, or mirror")
@ValidationRule(
        value = "!has(self.mirror) || !has(self.limitMarkerTtl)",
        message = "a mirror sets no delete markers of its own: remove limitMarkerTtl, or mirror")
@ValidationRule(
        value = "!has(self.mirror) || !has(self.mirror.filterSubject) || self.mirror.filterSubject.startsWith('$KV.'"
                + " + (self.mirror.name.startsWith('KV_') ? self.mirror.name.substring(3) : self.mirror.name) + '.')",
        message = "the filterSubject of a bucket to mirror begins with $KV., its name and a dot: correct it")
@ValidationRule(
        value = "!has(self.sources) || self.sources.all(source, !has(source.filterSubject)"
                + " || source.filterSubject.startsWith('$KV.'"
                + " + (source.name.startsWith('KV_') ? source.name.substring(3) : source.name) + '.'))",
        message = "the filterSubject of a bucket to copy from begins with $KV., its name and a dot: correct it")
@ValidationRule(
        value = "!has(self.metadata) || self.metadata.all(key, !key.startsWith('jetwright.io/')"
                + " && !key.startsWith('_nats.'))",
        message = "metadata keys that begin with jetwright.io/ or _nats. are reserved: rename them")
@ValidationRule(value = ConnectionReference.UNCHANGED, message = ConnectionReference.CHANGED)
public record KeyValueSpec(
        @JsonPropertyDescription("The bucket's name, by which clients know it. Omitted: the resource's own name. Cannot"
                + " be changed.")
        @Pattern(Limits.BUCKET)
        @Size(min = 1, max = Limits.BUCKET_LENGTH)
        @Nullable
        String bucket,

        @JsonPropertyDescription("What the bucket is for, in words.") @Size(max = Limits.DESCRIPTION_LENGTH) @Nullable
        String description,

        @JsonPropertyDescription(
                "How many values the bucket keeps of each key, 1 to 64. Omitted: 1, or as many as a bucket has that exists already.")
        @Min(1)
        @Max(64)
        @Nullable
        Integer history,

        @JsonPropertyDescription("How long the bucket keeps a value: a duration such as 24h or 7d; 0s for no limit, the"
                + " server's default.")
        @Pattern(Durations.PATTERN)
        @Size(max = Limits.DURATION_LENGTH)
        @ValidationRule(
                value = Durations.AT_LEAST + "duration('100ms') || " + Durations.VALUE + " == duration('0s')",
                message = "must be at least 100ms, or 0s for no limit")
        @Nullable
        String ttl,

        @JsonPropertyDescription("How long a marker stands for a key whose last value expired, at least 1s; lets values"
                + " have a TTL of their own, which cannot be undone. Server 2.11.")
        @Pattern(Durations.PATTERN)
        @Size(max = Limits.DURATION_LENGTH)
        @ValidationRule(
                value = Durations.AT_LEAST + "duration('1s')",
                message = "must be at least 1s; remove it for no markers")
        @Nullable
        String limitMarkerTtl,

        @JsonPropertyDescription(
                "How large a value may be: an integer of bytes, or a size such as 64Ki or 1Mi; -1 for no limit, the server's default.")
        @Nullable
        ByteSize maxValueSize,

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

        @JsonPropertyDescription("Publishes each value that is put once more, on another subject.") @Nullable
        Republish republish,

        @JsonPropertyDescription("The bucket that this one is a copy of, by its name. Cannot be added or changed;"
                + " removing it makes the copy a bucket of its own (server 2.12).")
        @Nullable
        StreamSource mirror,

        @JsonPropertyDescription("Buckets whose values are copied into this one, by their names. With subjectTransforms"
                + " the name is that of any stream, and they are all that is done to subjects.")
        @Size(max = 100)
        @Nullable
        List<StreamSource> sources,

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
