package io.jetwright.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.jetwright.api.AckPolicy;
import io.jetwright.api.ConsumerSpec;
import io.jetwright.api.PriorityPolicy;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What each field of a {@link ConsumerSpec} is in JetStream's ConsumerConfig (nats-server's {@code consumer.go}). */
final class ConsumerFields {
    /** The time until which a consumer is paused; only the PAUSE request changes it. */
    static final String PAUSE_UNTIL = "pause_until";

    /** After how long without a client the server deletes a consumer; one that is not durable always has such a time. */
    static final String INACTIVE_THRESHOLD = "inactive_threshold";

    static final List<Field<ConsumerSpec>> ALL = List.of(
            Field.text("description", "description", ConsumerSpec::description),
            Field.choice("deliverPolicy", "deliver_policy", ConsumerSpec::deliverPolicy)
                    .updates(Updates.NONE)
                    .byDefault(ServerDefault.of("all")),
            Field.number("optStartSeq", "opt_start_seq", ConsumerSpec::optStartSeq)
                    .updates(Updates.NONE),
            Field.time("optStartTime", "opt_start_time", ConsumerSpec::optStartTime)
                    .updates(Updates.NONE),
            Field.choice("ackPolicy", "ack_policy", ConsumerFields::ackPolicy)
                    .updates(Updates.NONE)
                    .since("2.14.0", spec -> spec.ackPolicy() == AckPolicy.FLOW_CONTROL),
            Field.duration("ackWait", "ack_wait", ConsumerFields::ackWait).byDefault(ServerDefault.ACK_WAIT),
            Field.limit("maxDeliver", "max_deliver", ConsumerSpec::maxDeliver),
            Field.json("backoff", "backoff", ConsumerFields::backoff).as(FieldType.DURATIONS),
            Field.text("filterSubject", "filter_subject", ConsumerSpec::filterSubject),
            Field.texts("filterSubjects", "filter_subjects", ConsumerSpec::filterSubjects),
            Field.choice("replayPolicy", "replay_policy", ConsumerSpec::replayPolicy)
                    .updates(Updates.NONE)
                    .byDefault(ServerDefault.of("instant")),
            Field.number("rateLimitBps", "rate_limit_bps", ConsumerSpec::rateLimitBps),
            Field.text("sampleFreq", "sample_freq", ConsumerSpec::sampleFreq),
            Field.number("maxWaiting", "max_waiting", ConsumerSpec::maxWaiting)
                    .updates(Updates.NONE)
                    .byDefault(ServerDefault.MAX_WAITING),
            Field.number("maxAckPending", "max_ack_pending", ConsumerSpec::maxAckPending)
                    .byDefault(ServerDefault.MAX_ACK_PENDING),
            Field.flag("flowControl", "flow_control", ConsumerSpec::flowControl)
                    .updates(Updates.NONE)
                    .byDefault(ServerDefault.FLOW_CONTROL),
            Field.flag("headersOnly", "headers_only", ConsumerSpec::headersOnly),
            Field.number("maxRequestBatch", "max_batch", ConsumerSpec::maxRequestBatch)
                    .byDefault(ServerDefault.BY_LIMITS),
            Field.duration("maxRequestExpires", "max_expires", ConsumerSpec::maxRequestExpires),
            Field.size("maxRequestMaxBytes", "max_bytes", ConsumerSpec::maxRequestMaxBytes),
            Field.text("deliverSubject", "deliver_subject", ConsumerSpec::deliverSubject)
                    .updates(Updates.DELIVER_SUBJECT),
            Field.text("deliverGroup", "deliver_group", ConsumerSpec::deliverGroup),
            Field.duration("heartbeatInterval", "idle_heartbeat", ConsumerSpec::heartbeatInterval)
                    .updates(Updates.NONE)
                    .byDefault(ServerDefault.IDLE_HEARTBEAT),
            Field.duration("inactiveThreshold", INACTIVE_THRESHOLD, ConsumerSpec::inactiveThreshold)
                    .byDefault(ServerDefault.BY_LIMITS),
            Field.number("replicas", "num_replicas", ConsumerSpec::replicas),
            Field.flag("memStorage", "mem_storage", ConsumerSpec::memStorage).updates(Updates.MEM_STORAGE),
            Field.time("pauseUntil", PAUSE_UNTIL, ConsumerSpec::pauseUntil).since("2.11.0"),
            Field.choice("priorityPolicy", "priority_policy", ConsumerSpec::priorityPolicy)
                    .since("2.11.0", spec -> spec.priorityPolicy() != null)
                    .since("2.12.0", spec -> spec.priorityPolicy() == PriorityPolicy.PRIORITIZED),
            Field.duration("pinnedTtl", "priority_timeout", ConsumerSpec::pinnedTtl)
                    .since("2.11.0")
                    .byDefault(ServerDefault.PINNED_TTL),
            Field.texts("priorityGroups", "priority_groups", ConsumerSpec::priorityGroups)
                    .since("2.11.0"));

    private ConsumerFields() {}

    /** Explicit where it is omitted; the server's default is none, which loses the messages that a crashed client had. */
    private static AckPolicy ackPolicy(ConsumerSpec spec) {
        return Objects.requireNonNullElse(spec.ackPolicy(), AckPolicy.EXPLICIT);
    }

    /** Not sent beside a backoff, since the server then sets it to the first step. */
    private static @Nullable String ackWait(ConsumerSpec spec) {
        return backoff(spec) == null ? spec.ackWait() : null;
    }

    private static @Nullable JsonNode backoff(ConsumerSpec spec) {
        List<String> steps = spec.backoff();
        return steps == null || steps.isEmpty() ? null : Field.array(steps, Field::nanoseconds);
    }
}
