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

/** A durable consumer as its resource declares it. A field that is null was omitted, and is left to the server. */
@JsonClassDescription(
        "The consumer as JetStream is to have it. What is omitted stays as JetStream has it, see omittedFields; what is removed goes back to the server's default.")
@ValidationRule(
        value = "has(self.streamRef) != has(self.streamName)",
        message = "set either streamRef (a Stream resource) or streamName (a stream in JetStream)")
@ValidationRule(
        value = "has(self.streamRef) == has(oldSelf.streamRef)"
                + " && (!has(self.streamRef) || self.streamRef.name == oldSelf.streamRef.name)"
                + " && has(self.streamName) == has(oldSelf.streamName)"
                + " && (!has(self.streamName) || self.streamName == oldSelf.streamName)",
        message = "the stream of a consumer cannot be changed: create a new Consumer and delete this one")
@ValidationRule(
        value = "!has(self.filterSubject) || !has(self.filterSubjects)",
        message = "filterSubject and filterSubjects exclude each other: put all subjects into filterSubjects")
@ValidationRule(
        value = "(has(self.deliverPolicy) && self.deliverPolicy == 'byStartSequence') == has(self.optStartSeq)",
        message = "deliverPolicy: byStartSequence and optStartSeq need each other")
@ValidationRule(
        value = "(has(self.deliverPolicy) && self.deliverPolicy == 'byStartTime') == has(self.optStartTime)",
        message = "deliverPolicy: byStartTime and optStartTime need each other")
@ValidationRule(
        value = "!has(self.deliverPolicy) || self.deliverPolicy != 'lastPerSubject'"
                + " || has(self.filterSubject) && self.filterSubject != ''"
                + " || has(self.filterSubjects) && size(self.filterSubjects) > 0",
        message = "deliverPolicy: lastPerSubject needs filterSubject or filterSubjects; use '>' for all subjects")
@ValidationRule(
        value = "!has(self.backoff) || !has(self.maxDeliver) || self.maxDeliver < 1"
                + " || size(self.backoff) <= self.maxDeliver",
        message = "backoff has more steps than maxDeliver has deliveries: shorten backoff, or raise maxDeliver")
@ValidationRule(
        value = "!has(self.maxDeliver) || self.maxDeliver != 0",
        message = "maxDeliver is at least 1, or -1 for no limit")
@ValidationRule(
        value = "has(self.deliverSubject) || !(has(self.deliverGroup) || has(self.heartbeatInterval)"
                + " || has(self.rateLimitBps) || (has(self.flowControl) && self.flowControl))",
        message = "deliverGroup, flowControl, heartbeatInterval and rateLimitBps are for push consumers: set"
                + " deliverSubject, or remove them")
@ValidationRule(
        value = "!has(self.deliverSubject) || !(has(self.maxWaiting) || has(self.maxRequestBatch)"
                + " || has(self.maxRequestExpires) || has(self.maxRequestMaxBytes) || has(self.priorityGroups)"
                + " || has(self.priorityPolicy) && self.priorityPolicy != 'none')",
        message = "maxWaiting, maxRequestBatch, maxRequestExpires, maxRequestMaxBytes, priorityGroups and"
                + " priorityPolicy are for pull consumers: remove them, or deliverSubject")
@ValidationRule(
        value = "!has(self.flowControl) || !self.flowControl || has(self.heartbeatInterval)",
        message = "flowControl needs heartbeatInterval, such as 5s")
@ValidationRule(
        value = "!has(self.ackPolicy) || self.ackPolicy != 'flow_control' || (has(self.deliverSubject)"
                + " && (!has(self.flowControl) || self.flowControl)"
                + " && (!has(self.heartbeatInterval) || self.heartbeatInterval == '1s')"
                + " && (!has(self.maxAckPending) || self.maxAckPending > 0)"
                + " && !has(self.ackWait) && !has(self.backoff) && (!has(self.maxDeliver) || self.maxDeliver < 1))",
        message = "ackPolicy: flow_control needs deliverSubject, takes flowControl: true, heartbeatInterval: 1s and a"
                + " positive maxAckPending, and excludes ackWait, backoff and maxDeliver")
@ValidationRule(
        value = "!has(self.ackPolicy) || self.ackPolicy != 'none' || !has(self.deliverSubject)"
                + " || !has(self.maxAckPending) || self.maxAckPending < 1",
        message = "with ackPolicy: none nothing is pending: remove maxAckPending, or use another ackPolicy")
@ValidationRule(
        value = "!has(self.maxAckPending) || self.maxAckPending != 0",
        message = "maxAckPending is at least 1, or -1 for no limit")
@ValidationRule(
        value = "(has(self.priorityPolicy) && self.priorityPolicy != 'none') == has(self.priorityGroups)",
        message = "priorityGroups and priorityPolicy (overflow, pinned_client or prioritized) need each other")
@ValidationRule(
        value = "!has(self.pinnedTtl) || (has(self.priorityPolicy) && self.priorityPolicy == 'pinned_client')",
        message = "pinnedTtl needs priorityPolicy: pinned_client")
@ValidationRule(
        value = "!has(self.metadata) || self.metadata.all(key, !key.startsWith('jetwright.io/')"
                + " && !key.startsWith('_nats.'))",
        message = "metadata keys that begin with jetwright.io/ or _nats. are reserved: rename them")
@ValidationRule(
        value = "!has(self.deadLetter) || has(self.maxDeliver) && self.maxDeliver > 0",
        message = "deadLetter needs maxDeliver, such as 5: without a limit a message is delivered for ever and never"
                + " dies")
@ValidationRule(
        value = "!has(self.deadLetter) || !has(self.ackPolicy) || self.ackPolicy == 'explicit'",
        message = "deadLetter needs ackPolicy: explicit, which is the default: remove ackPolicy, or deadLetter")
@ValidationRule(
        value = "!has(self.deadLetter) || !(has(self.deadLetter.streamRef) && has(self.streamRef)"
                + " && self.deadLetter.streamRef.name == self.streamRef.name)"
                + " && !(has(self.deadLetter.streamName) && has(self.streamName)"
                + " && self.deadLetter.streamName == self.streamName)",
        message = "deadLetter names the stream that is consumed, where its dead letters would die again: name another"
                + " stream")
@ValidationRule(
        value =
                "!has(self.alerts) || !has(self.alerts.ackPending) || !has(self.maxAckPending) || self.maxAckPending < 1"
                        + " || self.alerts.ackPending <= self.maxAckPending",
        message =
                "alerts.ackPending is more than maxAckPending, and cannot be reached: lower it, or raise maxAckPending")
@ValidationRule(
        value = "!has(self.alerts) || !has(self.alerts.minWaiting) || !has(self.deliverSubject)",
        message = "alerts.minWaiting is for pull consumers: remove it, or deliverSubject")
@ValidationRule(value = ConnectionReference.UNCHANGED, message = ConnectionReference.CHANGED)
public record ConsumerSpec(
        @JsonPropertyDescription("The Stream resource, in the same namespace, that is consumed. The consumer waits"
                + " for it. Either this or streamName.")
        @Nullable
        StreamReference streamRef,

        @JsonPropertyDescription(
                "The name in JetStream of the stream that is consumed, whoever made it. Either this" + " or streamRef.")
        @Pattern(Limits.NAME)
        @Size(min = 1, max = Limits.NAME_LENGTH)
        @Nullable
        String streamName,

        @JsonPropertyDescription(
                "The consumer's name in JetStream. Omitted: the resource's own name. Cannot be changed.")
        @Pattern(Limits.NAME)
        @Size(min = 1, max = Limits.NAME_LENGTH)
        @Nullable
        String durableName,

        @JsonPropertyDescription("What the consumer is for, in words.") @Size(max = Limits.DESCRIPTION_LENGTH) @Nullable
        String description,

        @JsonPropertyDescription(
                "Where in the stream delivery begins. The server's default is all. Cannot be" + " updated.")
        @Nullable
        DeliverPolicy deliverPolicy,

        @JsonPropertyDescription("The first sequence to deliver, with deliverPolicy: byStartSequence.")
        @Min(1)
        @Nullable
        Long optStartSeq,

        @JsonPropertyDescription("The time of the first message to deliver, such as 2026-01-31T12:00:00Z, with"
                + " deliverPolicy: byStartTime.")
        @Pattern(Times.PATTERN)
        @Size(max = Limits.TIME_LENGTH)
        @Nullable
        String optStartTime,

        @JsonPropertyDescription("How deliveries are acknowledged. Omitted: explicit. flow_control needs server 2.14."
                + " Cannot be updated.")
        @Nullable
        AckPolicy ackPolicy,

        @JsonPropertyDescription("After how long without acknowledgement a message is delivered again. The server's"
                + " default is 30s. With backoff, its first step counts instead.")
        @Pattern(Durations.PATTERN)
        @Size(max = Limits.DURATION_LENGTH)
        @ValidationRule(
                value = Durations.AT_LEAST + "duration('1ms')",
                message = "must be at least 1ms: a shorter one redelivers before anybody can acknowledge; 30s is usual")
        @Nullable
        String ackWait,

        @JsonPropertyDescription("How often a message is delivered at most; -1 for no limit, the server's default.")
        @Min(-1)
        @Nullable
        Long maxDeliver,

        @JsonPropertyDescription("How long to wait for an acknowledgement of the first delivery, the second, and so"
                + " on; takes the place of ackWait.")
        @Size(max = 100)
        @ValidationRule(
                value = "self.all(step, " + Durations.STEP_AT_LEAST + "duration('1ms'))",
                message = "each step must be at least 1ms: a shorter one redelivers before anybody can acknowledge")
        @Nullable
        List<@Pattern(Durations.PATTERN) @Size(max = Limits.DURATION_LENGTH) String> backoff,

        @JsonPropertyDescription("The subject to deliver; wildcards are allowed. Omitted: all of the stream's.")
        @Pattern(Limits.SUBJECT)
        @Size(max = Limits.SUBJECT_LENGTH)
        @Nullable
        String filterSubject,

        @JsonPropertyDescription("The subjects to deliver; wildcards are allowed, overlaps are not.")
        @Size(max = 1000)
        @Nullable
        List<@Pattern(Limits.SUBJECT) @Size(min = 1, max = Limits.SUBJECT_LENGTH) String> filterSubjects,

        @JsonPropertyDescription("Deliver at once (instant, the server's default) or at the pace of publication."
                + " Cannot be updated.")
        @Nullable
        ReplayPolicy replayPolicy,

        @JsonPropertyDescription("Push: how many bits per second are delivered at most.") @Min(0) @Nullable
        Long rateLimitBps,

        @JsonPropertyDescription("The percentage of acknowledgements that are sampled, 0 to 100.")
        @Pattern(Limits.PERCENTAGE)
        @Size(max = Limits.PERCENTAGE_LENGTH)
        @Nullable
        String sampleFreq,

        @JsonPropertyDescription("Pull: how many requests may wait. The server's default is 512. Cannot be updated.")
        @Min(1)
        @Nullable
        Long maxWaiting,

        @JsonPropertyDescription(
                "How many deliveries may be unacknowledged; -1 for no limit. The server's default is" + " 1000.")
        @Min(-1)
        @Nullable
        Long maxAckPending,

        @JsonPropertyDescription("Push: the server slows down with its client. Cannot be updated.") @Nullable
        Boolean flowControl,

        @JsonPropertyDescription("Delivers headers only, without the payload.") @Nullable
        Boolean headersOnly,

        @JsonPropertyDescription(
                "Pull: how many messages a request may ask for; omit it for no limit but the server's.")
        @Min(1)
        @Nullable
        Long maxRequestBatch,

        @JsonPropertyDescription("Pull: for how long a request may wait.")
        @Pattern(Durations.PATTERN)
        @Size(max = Limits.DURATION_LENGTH)
        @ValidationRule(
                value = Durations.AT_LEAST + "duration('1ms')",
                message = "must be at least 1ms; remove it for no limit")
        @Nullable
        String maxRequestExpires,

        @JsonPropertyDescription("Pull: how many bytes a request may ask for.") @Nullable
        ByteSize maxRequestMaxBytes,

        @JsonPropertyDescription("Push: the subject to deliver on. Makes this a push consumer.")
        @Pattern(Limits.LITERAL_SUBJECT)
        @Size(max = Limits.SUBJECT_LENGTH)
        @Nullable
        String deliverSubject,

        @JsonPropertyDescription("Push: the queue group of the subscribers.")
        @Pattern(Limits.SUBJECT)
        @Size(max = Limits.NAME_LENGTH)
        @Nullable
        String deliverGroup,

        @JsonPropertyDescription("Push: how often an idle consumer says that it lives. Cannot be updated.")
        @Pattern(Durations.PATTERN)
        @Size(max = Limits.DURATION_LENGTH)
        @ValidationRule(
                value = Durations.AT_LEAST + "duration('100ms')",
                message = "must be at least 100ms; 5s is usual")
        @Nullable
        String heartbeatInterval,

        @JsonPropertyDescription(
                "After how long without use the server removes the consumer. Jetwright creates it again. Omit it for never, or for the limit that the stream's consumerLimits set.")
        @Pattern(Durations.PATTERN)
        @Size(max = Limits.DURATION_LENGTH)
        @ValidationRule(
                value = Durations.AT_LEAST + "duration('1ms')",
                message = "must be at least 1ms; remove it for never")
        @Nullable
        String inactiveThreshold,

        @JsonPropertyDescription(
                "How many servers keep the consumer's state; 0, the server's default, for as many as keep the stream.")
        @Min(0)
        @Max(5)
        @Nullable
        Integer replicas,

        @JsonPropertyDescription("Keeps the consumer's state in memory. Cannot be updated from server 2.14.4 on.")
        @Nullable
        Boolean memStorage,

        @JsonPropertyDescription("Keys and values that are kept with the consumer.") @Size(max = 100) @Nullable
        Map<String, @Size(max = Limits.DESCRIPTION_LENGTH) String> metadata,

        @JsonPropertyDescription("Nothing is delivered until this time, such as 2026-01-31T12:00:00Z; removing it"
                + " resumes at once. Server 2.11.")
        @Pattern(Times.PATTERN)
        @Size(max = Limits.TIME_LENGTH)
        @Nullable
        String pauseUntil,

        @JsonPropertyDescription(
                "Pull: how requests of a priority group are served (ADR-42). Server 2.11;" + " prioritized: 2.12.")
        @Nullable
        PriorityPolicy priorityPolicy,

        @JsonPropertyDescription("Pull: for how long a pinned client stays pinned without a request. Server 2.11.")
        @Pattern(Durations.PATTERN)
        @Size(max = Limits.DURATION_LENGTH)
        @ValidationRule(
                value = Durations.AT_LEAST + "duration('1ms')",
                message = "must be at least 1ms; remove it for the server's default")
        @Nullable
        String pinnedTtl,

        @JsonPropertyDescription("Pull: the names of the priority groups; servers up to 2.15 take one. Server 2.11.")
        @Size(min = 1, max = 16)
        @Nullable
        List<@Pattern(Limits.GROUP) @Size(max = Limits.GROUP_LENGTH) String> priorityGroups,

        @JsonPropertyDescription(
                "Where messages go that are delivered no more, since maxDeliver is reached or a client has"
                        + " terminated them. Needs maxDeliver, and the relay of dead letters.")
        @Nullable
        DeadLetter deadLetter,

        @JsonPropertyDescription(
                "From which numbers on somebody is to be told: as metrics for the chart's alerts, and in the consumer's metadata as io.nats.monitor.* keys, which nats audit reads. Such a key in metadata wins.")
        @Nullable
        ConsumerAlerts alerts,

        @JsonPropertyDescription(
                "The Connection to NATS. Omitted: that of the Stream resource, else the operator's default. With streamRef it can be no other than the Stream's. Cannot be changed.")
        @Nullable
        ConnectionReference connectionRef,

        @JsonPropertyDescription("Manage (default): JetStream is made to agree. Observe: nothing is ever written, and"
                + " the drift is shown in the status.")
        @Nullable
        ManagementPolicy managementPolicy,

        @JsonPropertyDescription("What becomes of the consumer when this resource is deleted: Delete (default),"
                + " Retain, or DeleteIfEmpty, which waits until nothing is pending or unacknowledged.")
        @Nullable
        DeletionPolicy deletionPolicy,

        @JsonPropertyDescription("What happens when a change needs a new consumer: Never (default) refuses it, IfEmpty"
                + " recreates one that has nothing pending or unacknowledged, Always recreates it; a new"
                + " consumer begins again where deliverPolicy says.")
        @Nullable
        RecreatePolicy recreatePolicy,

        @JsonPropertyDescription("Settings that this spec omits, and never had: Keep (default) leaves them as they are,"
                + " whoever has set them. Reset has them go back to the server's defaults.")
        @Nullable
        OmittedFields omittedFields,

        @JsonPropertyDescription("Jetwright leaves the consumer alone: nothing is read, written or deleted.") @Nullable
        Boolean suspend)
        implements AssetSpec {}
