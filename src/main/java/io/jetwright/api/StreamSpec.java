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

/** A stream as its resource declares it. A field that is null was omitted, and is left to the server. */
@JsonClassDescription(
        "The stream as JetStream is to have it. What is omitted stays as JetStream has it, see omittedFields; what is removed goes back to the server's default.")
@ValidationRule(
        value = "!has(self.mirror) || !has(self.subjects)",
        message = "a mirror takes its messages from its origin: remove subjects, or mirror")
@ValidationRule(
        value = "!has(self.mirror) || !has(self.sources)",
        message = "a stream is either a mirror or has sources: remove sources, or mirror")
@ValidationRule(
        value = "!has(self.mirror) || !has(self.firstSequence)",
        message = "a mirror has its origin's sequences: remove firstSequence, or use mirror.optStartSeq")
@ValidationRule(
        value = "!has(self.mirror) || !(has(self.allowMsgCounter) && self.allowMsgCounter"
                + " || has(self.allowAtomicPublish) && self.allowAtomicPublish"
                + " || has(self.allowBatchPublish) && self.allowBatchPublish"
                + " || has(self.allowMsgSchedules) && self.allowMsgSchedules)",
        message = "nobody publishes to a mirror: remove allowMsgCounter, allowAtomicPublish, allowBatchPublish and"
                + " allowMsgSchedules, or mirror")
@ValidationRule(
        value = "!has(self.mirror) || !has(self.subjectDeleteMarkerTtl)",
        message = "a mirror sets no delete markers of its own: remove subjectDeleteMarkerTtl, or mirror")
@ValidationRule(
        value = "!has(self.allowMsgCounter) || !self.allowMsgCounter"
                + " || !has(self.retention) || self.retention == 'limits'",
        message = "allowMsgCounter needs retention: limits")
@ValidationRule(
        value = "!has(self.allowMsgCounter) || !self.allowMsgCounter || !has(self.discard) || self.discard == 'old'",
        message = "allowMsgCounter needs discard: old")
@ValidationRule(
        value = "!has(self.allowMsgCounter) || !self.allowMsgCounter || !(has(self.allowMsgTtl) && self.allowMsgTtl"
                + " || has(self.allowMsgSchedules) && self.allowMsgSchedules)",
        message = "allowMsgCounter excludes allowMsgTtl and allowMsgSchedules: remove them, or allowMsgCounter")
@ValidationRule(
        value = "!has(self.allowMsgSchedules) || !self.allowMsgSchedules"
                + " || !has(self.discard) || self.discard == 'old'",
        message = "allowMsgSchedules needs discard: old")
@ValidationRule(
        value = "!has(self.allowMsgSchedules) || !self.allowMsgSchedules || !has(self.sources)",
        message = "allowMsgSchedules excludes sources: remove one of them")
@ValidationRule(
        value = "!has(self.persistMode) || self.persistMode != 'async'"
                + " || ((!has(self.storage) || self.storage == 'file') && (!has(self.replicas) || self.replicas == 1)"
                + " && !(has(self.allowAtomicPublish) && self.allowAtomicPublish))",
        message = "persistMode: async needs storage: file and replicas: 1, and excludes allowAtomicPublish")
@ValidationRule(
        value = "!has(self.discardPerSubject) || !self.discardPerSubject || (has(self.discard) && self.discard == 'new'"
                + " && has(self.maxMsgsPerSubject) && self.maxMsgsPerSubject > 0)",
        message = "discardPerSubject needs discard: new and maxMsgsPerSubject of at least 1")
@ValidationRule(
        value = "!(has(self.denyPurge) && self.denyPurge && has(self.allowRollup) && self.allowRollup)",
        message = "a rollup purges: remove denyPurge, or allowRollup")
@ValidationRule(
        value = "!has(self.allowRollup) || self.allowRollup || !(has(self.subjectDeleteMarkerTtl)"
                + " || has(self.allowMsgSchedules) && self.allowMsgSchedules)",
        message = "subjectDeleteMarkerTtl and allowMsgSchedules work by rollups: remove allowRollup: false")
@ValidationRule(
        value = "!(has(self.denyPurge) && self.denyPurge) || !(has(self.subjectDeleteMarkerTtl)"
                + " || has(self.allowMsgSchedules) && self.allowMsgSchedules)",
        message = "subjectDeleteMarkerTtl and allowMsgSchedules work by rollups, which purge: remove denyPurge")
@ValidationRule(
        value = "!has(self.allowMsgTtl) || self.allowMsgTtl || !has(self.subjectDeleteMarkerTtl)",
        message = "subjectDeleteMarkerTtl works by allowMsgTtl: remove allowMsgTtl: false")
@ValidationRule(
        value = "!has(self.subjects) || size(self.subjects) > 0 || has(self.sources) && size(self.sources) > 0",
        message = "subjects is empty: name a subject, or remove subjects for a stream that captures its own name")
@ValidationRule(
        value = "!has(self.duplicateWindow) || !has(self.maxAge) || !self.maxAge.matches(r'" + Durations.PATTERN
                + "') || !self.duplicateWindow.matches(r'" + Durations.PATTERN + "') || " + StreamSpec.MAX_AGE
                + " == duration('0s') || " + StreamSpec.DUPLICATE_WINDOW + " <= " + StreamSpec.MAX_AGE,
        message = "duplicateWindow cannot be longer than maxAge: shorten duplicateWindow, or lengthen maxAge")
@ValidationRule(
        value = "!has(self.metadata) || self.metadata.all(key, !key.startsWith('jetwright.io/')"
                + " && !key.startsWith('_nats.'))",
        message = "metadata keys that begin with jetwright.io/ or _nats. are reserved: rename them")
@ValidationRule(
        value = "!has(self.alerts) || !has(self.alerts.maxMsgsPercent) || has(self.maxMsgs) && self.maxMsgs > 0",
        message = "alerts.maxMsgsPercent is a share of maxMsgs: set maxMsgs, or remove it")
@ValidationRule(
        value = "!has(self.alerts) || !has(self.alerts.maxBytesPercent) || has(self.maxBytes)"
                + " && (type(self.maxBytes) == string || int(self.maxBytes) > 0)",
        message = "alerts.maxBytesPercent is a share of maxBytes: set maxBytes, or remove it")
@ValidationRule(
        value = "!has(self.alerts) || !has(self.alerts.lag) || has(self.mirror)"
                + " || has(self.sources) && size(self.sources) > 0",
        message = "alerts.lag is of a mirror or of sources: set mirror or sources, or remove it")
@ValidationRule(value = ConnectionReference.UNCHANGED, message = ConnectionReference.CHANGED)
public record StreamSpec(
        @JsonPropertyDescription("The stream's name in JetStream. Omitted: the resource's own name. Cannot be changed.")
        @Pattern(Limits.NAME)
        @Size(min = 1, max = Limits.NAME_LENGTH)
        @Nullable
        String name,

        @JsonPropertyDescription("What the stream is for, in words.") @Size(max = Limits.DESCRIPTION_LENGTH) @Nullable
        String description,

        @JsonPropertyDescription("The subjects that the stream captures; wildcards are allowed. Omitted (and neither a"
                + " mirror nor sources given): the stream's name.")
        @Size(max = 1000)
        @Nullable
        List<@Pattern(Limits.SUBJECT) @Size(min = 1, max = Limits.SUBJECT_LENGTH) String> subjects,

        @JsonPropertyDescription("When messages leave the stream: at its limits (the server's default), when all"
                + " consumers have acknowledged them (interest), or when one has (workqueue).")
        @Nullable
        RetentionPolicy retention,

        @JsonPropertyDescription("Where messages are kept. The server's default is file. Cannot be updated.") @Nullable
        StorageType storage,

        @JsonPropertyDescription("How many servers of the cluster keep the stream. The server's default is 1.")
        @Min(1)
        @Max(5)
        @Nullable
        Integer replicas,

        @JsonPropertyDescription("How many consumers the stream may have; -1 for no limit, the server's default.")
        @Min(-1)
        @Nullable
        Long maxConsumers,

        @JsonPropertyDescription("How many messages the stream keeps; -1 for no limit, the server's default.")
        @Min(-1)
        @Nullable
        Long maxMsgs,

        @JsonPropertyDescription(
                "How many messages the stream keeps of each subject; -1 for no limit, the server's default.")
        @Min(-1)
        @Nullable
        Long maxMsgsPerSubject,

        @JsonPropertyDescription(
                "How many bytes the stream keeps: an integer, or a size such as 256Mi or 1Gi; -1 for no limit, the server's default.")
        @Nullable
        ByteSize maxBytes,

        @JsonPropertyDescription(
                "How long the stream keeps a message: a duration such as 24h or 7d; 0s for no limit, the"
                        + " server's default.")
        @Pattern(Durations.PATTERN)
        @Size(max = Limits.DURATION_LENGTH)
        @ValidationRule(
                value = Durations.AT_LEAST + "duration('100ms') || " + Durations.VALUE + " == duration('0s')",
                message = "must be at least 100ms, or 0s for no limit")
        @Nullable
        String maxAge,

        @JsonPropertyDescription(
                "How large a message may be: an integer of bytes, or a size such as 1Mi; -1 for no limit, the server's default.")
        @Nullable
        ByteSize maxMsgSize,

        @JsonPropertyDescription("What a full stream drops: its oldest messages (the server's default) or new ones.")
        @Nullable
        DiscardPolicy discard,

        @JsonPropertyDescription("A subject that has maxMsgsPerSubject messages takes no new one, with discard: new.")
        @Nullable
        Boolean discardPerSubject,

        @JsonPropertyDescription("The stream does not acknowledge what is published to it.") @Nullable
        Boolean noAck,

        @JsonPropertyDescription(
                "For how long the stream recognises a repeated Nats-Msg-Id. The server's default is 2m, or maxAge where that is shorter; with sources none since server 2.14. Without effect on a mirror, which recognises none.")
        @Pattern(Durations.PATTERN)
        @Size(max = Limits.DURATION_LENGTH)
        @ValidationRule(
                value = Durations.AT_LEAST + "duration('100ms')",
                message = "must be at least 100ms; remove it for the server's default")
        @Nullable
        String duplicateWindow,

        @JsonPropertyDescription("On which servers the stream is placed.") @Nullable
        Placement placement,

        @JsonPropertyDescription("The stream that this one is a copy of. Cannot be added or changed; removing it makes"
                + " the copy a stream of its own (server 2.12).")
        @Nullable
        StreamSource mirror,

        @JsonPropertyDescription("Streams whose messages are copied into this one.") @Size(max = 100) @Nullable
        List<StreamSource> sources,

        @JsonPropertyDescription("How a file store is compressed. The server's default is none.") @Nullable
        CompressionOption compression,

        @JsonPropertyDescription("Rewrites the subject of each message before it is stored.") @Nullable
        SubjectTransform subjectTransform,

        @JsonPropertyDescription("Publishes each stored message once more, on another subject.") @Nullable
        Republish republish,

        @JsonPropertyDescription("Nothing can be added to or removed from the stream. Cannot be undone, and cannot be"
                + " set when the stream is created. The server then sets maxAge, discard, denyDelete, denyPurge and allowRollup"
                + " itself, so these are not compared any more.")
        @Nullable
        Boolean sealed,

        @JsonPropertyDescription("Messages cannot be deleted through the API. Cannot be undone.") @Nullable
        Boolean denyDelete,

        @JsonPropertyDescription("The stream cannot be purged through the API. Cannot be undone.") @Nullable
        Boolean denyPurge,

        @JsonPropertyDescription("A message with the header Nats-Rollup replaces those before it.") @Nullable
        Boolean allowRollup,

        @JsonPropertyDescription("Any replica may answer direct gets.") @Nullable
        Boolean allowDirect,

        @JsonPropertyDescription(
                "A mirror may answer direct gets for its origin. Where the origin is a stream in the same"
                        + " account, the server takes what the origin's allowDirect says instead.")
        @Nullable
        Boolean mirrorDirect,

        @JsonPropertyDescription("The sequence of the first message. Cannot be changed.") @Min(0) @Nullable
        Long firstSequence,

        @JsonPropertyDescription("Keys and values that are kept with the stream.") @Size(max = 100) @Nullable
        Map<String, @Size(max = Limits.DESCRIPTION_LENGTH) String> metadata,

        @JsonPropertyDescription("What the stream lets its consumers have at most.") @Nullable
        ConsumerLimits consumerLimits,

        @JsonPropertyDescription("A message may carry its own time to live. Cannot be undone. Server 2.11.") @Nullable
        Boolean allowMsgTtl,

        @JsonPropertyDescription(
                "How long a marker stands for a subject whose last message expired, at least 1s." + " Server 2.11.")
        @Pattern(Durations.PATTERN)
        @Size(max = Limits.DURATION_LENGTH)
        @ValidationRule(
                value = Durations.AT_LEAST + "duration('1s')",
                message = "must be at least 1s; remove it for no markers")
        @Nullable
        String subjectDeleteMarkerTtl,

        @JsonPropertyDescription("Each subject is a distributed counter (ADR-49). Cannot be changed. Server 2.12.")
        @Nullable
        Boolean allowMsgCounter,

        @JsonPropertyDescription("Batches may be published atomically (ADR-50). Server 2.12.") @Nullable
        Boolean allowAtomicPublish,

        @JsonPropertyDescription("Messages may be scheduled (ADR-51). Cannot be undone. Server 2.12.") @Nullable
        Boolean allowMsgSchedules,

        @JsonPropertyDescription("Fast batches may be published (ADR-50). Server 2.14.") @Nullable
        Boolean allowBatchPublish,

        @JsonPropertyDescription("When the file store writes to disk: at once (default), or asynchronously. Cannot be"
                + " changed. Server 2.12.")
        @Nullable
        PersistMode persistMode,

        @JsonPropertyDescription(
                "From which numbers on somebody is to be told: as metrics for the chart's alerts, and in the stream's metadata as io.nats.monitor.* keys, which nats server check stream and nats audit read. Such a key in metadata wins.")
        @Nullable
        StreamAlerts alerts,

        @JsonPropertyDescription(ConnectionReference.DESCRIPTION) @Nullable
        ConnectionReference connectionRef,

        @JsonPropertyDescription("Manage (default): JetStream is made to agree. Observe: nothing is ever written, and"
                + " the drift is shown in the status.")
        @Nullable
        ManagementPolicy managementPolicy,

        @JsonPropertyDescription("What becomes of the stream when this resource is deleted: Delete (default), Retain,"
                + " or DeleteIfEmpty, which waits until it holds no message; one"
                + " that is published between that check and the deletion, within milliseconds, is lost.")
        @Nullable
        DeletionPolicy deletionPolicy,

        @JsonPropertyDescription("What happens when a change needs a new stream: Never (default) refuses it, IfEmpty"
                + " recreates a stream that holds no message (one that is published between that check and the"
                + " deletion is lost), Always recreates it and loses its messages.")
        @Nullable
        RecreatePolicy recreatePolicy,

        @JsonPropertyDescription("Settings that this spec omits, and never had: Keep (default) leaves them as they are,"
                + " whoever has set them. Reset has them go back to the server's defaults.")
        @Nullable
        OmittedFields omittedFields,

        @JsonPropertyDescription("Jetwright leaves the stream alone: nothing is read, written or deleted.") @Nullable
        Boolean suspend)
        implements StreamBasedSpec {
    static final String MAX_AGE = "(self.maxAge.endsWith('d')"
            + " ? timestamp(int(self.maxAge.substring(0, size(self.maxAge) - 1)) * 86400) - timestamp(0)"
            + " : duration(self.maxAge))";
    static final String DUPLICATE_WINDOW = "(self.duplicateWindow.endsWith('d')"
            + " ? timestamp(int(self.duplicateWindow.substring(0, size(self.duplicateWindow) - 1)) * 86400)"
            + " - timestamp(0) : duration(self.duplicateWindow))";
}
