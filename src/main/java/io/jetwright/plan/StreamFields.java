package io.jetwright.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jetwright.api.ConsumerLimits;
import io.jetwright.api.Placement;
import io.jetwright.api.Republish;
import io.jetwright.api.SourceConsumer;
import io.jetwright.api.StreamSource;
import io.jetwright.api.StreamSpec;
import io.jetwright.api.SubjectTransform;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What each field of a {@link StreamSpec} is in JetStream's StreamConfig (nats-server's {@code stream.go}). */
final class StreamFields {
    static final List<Field<StreamSpec>> ALL = List.of(
            Field.text("description", "description", StreamSpec::description),
            Field.texts("subjects", "subjects", StreamSpec::subjects),
            Field.choice("retention", "retention", StreamSpec::retention).updates(Updates.RETENTION),
            Field.choice("storage", "storage", StreamSpec::storage).updates(Updates.NONE),
            Field.number("replicas", "num_replicas", StreamSpec::replicas),
            Field.limit("maxConsumers", "max_consumers", StreamSpec::maxConsumers)
                    .updates(Updates.MAX_CONSUMERS),
            Field.limit("maxMsgs", "max_msgs", StreamSpec::maxMsgs),
            Field.limit("maxMsgsPerSubject", "max_msgs_per_subject", StreamSpec::maxMsgsPerSubject),
            Field.size("maxBytes", "max_bytes", StreamSpec::maxBytes),
            Field.duration("maxAge", "max_age", StreamSpec::maxAge),
            Field.size("maxMsgSize", "max_msg_size", StreamSpec::maxMsgSize),
            Field.choice("discard", "discard", StreamSpec::discard),
            Field.flag("discardPerSubject", "discard_new_per_subject", StreamSpec::discardPerSubject),
            Field.flag("noAck", "no_ack", StreamSpec::noAck),
            Field.duration("duplicateWindow", "duplicate_window", StreamSpec::duplicateWindow),
            Field.json("placement", "placement", (StreamSpec spec) -> placement(spec.placement())),
            Field.json("mirror", "mirror", (StreamSpec spec) -> source(spec.mirror()))
                    .updates(Updates.MIRROR)
                    .since("2.14.0", spec -> usesConsumer(Stream.ofNullable(spec.mirror()))),
            Field.json("sources", "sources", (StreamSpec spec) -> sources(spec.sources()))
                    .since("2.14.0", spec -> usesConsumer(stream(spec.sources()))),
            Field.choice("compression", "compression", StreamSpec::compression),
            Field.json(
                    "subjectTransform", "subject_transform", (StreamSpec spec) -> transform(spec.subjectTransform())),
            Field.json("republish", "republish", (StreamSpec spec) -> republish(spec.republish())),
            Field.flag("sealed", "sealed", StreamSpec::sealed).updates(Updates.ON_ONLY),
            Field.flag("denyDelete", "deny_delete", StreamSpec::denyDelete).updates(Updates.ON_ONLY),
            Field.flag("denyPurge", "deny_purge", StreamSpec::denyPurge).updates(Updates.ON_ONLY),
            Field.flag("allowRollup", "allow_rollup_hdrs", StreamSpec::allowRollup),
            Field.flag("allowDirect", "allow_direct", StreamSpec::allowDirect),
            Field.flag("mirrorDirect", "mirror_direct", StreamSpec::mirrorDirect),
            Field.number("firstSequence", "first_seq", StreamSpec::firstSequence)
                    .updates(Updates.NONE),
            Field.json("consumerLimits", "consumer_limits", (StreamSpec spec) -> limits(spec.consumerLimits())),
            Field.flag("allowMsgTtl", "allow_msg_ttl", StreamSpec::allowMsgTtl)
                    .updates(Updates.ON_ONLY)
                    .since("2.11.0"),
            Field.duration("subjectDeleteMarkerTtl", "subject_delete_marker_ttl", StreamSpec::subjectDeleteMarkerTtl)
                    .since("2.11.0"),
            Field.flag("allowMsgCounter", "allow_msg_counter", StreamSpec::allowMsgCounter)
                    .updates(Updates.NONE)
                    .since("2.12.0"),
            Field.flag("allowAtomicPublish", "allow_atomic", StreamSpec::allowAtomicPublish)
                    .since("2.12.0"),
            Field.flag("allowMsgSchedules", "allow_msg_schedules", StreamSpec::allowMsgSchedules)
                    .updates(Updates.ON_ONLY)
                    .since("2.12.0"),
            Field.flag("allowBatchPublish", "allow_batched", StreamSpec::allowBatchPublish)
                    .since("2.14.0"),
            Field.choice("persistMode", "persist_mode", StreamSpec::persistMode)
                    .updates(Updates.NONE)
                    .since("2.12.0"));

    private StreamFields() {}

    private static @Nullable JsonNode placement(@Nullable Placement placement) {
        if (placement == null) {
            return null;
        }
        ObjectNode json = object().put("cluster", placement.cluster()).put("preferred", placement.preferred());
        if (placement.tags() != null) {
            json.set("tags", Field.array(placement.tags(), JsonNodeFactory.instance::textNode));
        }
        return present(json);
    }

    private static @Nullable JsonNode sources(@Nullable List<StreamSource> sources) {
        return sources == null ? null : Field.array(sources, each -> Objects.requireNonNull(source(each)));
    }

    private static @Nullable JsonNode source(@Nullable StreamSource source) {
        if (source == null) {
            return null;
        }
        ObjectNode json = object().put("name", source.name())
                .put("opt_start_seq", source.optStartSeq())
                .put("filter_subject", source.filterSubject());
        if (source.optStartTime() != null) {
            json.set("opt_start_time", Field.time(source.optStartTime()));
        }
        if (source.externalApiPrefix() != null) {
            json.set(
                    "external",
                    present(object().put("api", source.externalApiPrefix())
                            .put("deliver", source.externalDeliverPrefix())));
        }
        if (source.subjectTransforms() != null) {
            json.set(
                    "subject_transforms",
                    Field.array(source.subjectTransforms(), each -> Objects.requireNonNull(transform(each))));
        }
        SourceConsumer consumer = source.consumer();
        if (consumer != null) {
            json.set(
                    "consumer",
                    present(object().put("name", consumer.name()).put("deliver_subject", consumer.deliverSubject())));
        }
        return present(json);
    }

    private static @Nullable JsonNode transform(@Nullable SubjectTransform transform) {
        return transform == null
                ? null
                : present(object().put("src", transform.source()).put("dest", transform.dest()));
    }

    private static @Nullable JsonNode republish(@Nullable Republish republish) {
        return republish == null
                ? null
                : present(object().put("src", Objects.requireNonNullElse(republish.source(), ">"))
                        .put("dest", republish.destination())
                        .put("headers_only", republish.headersOnly()));
    }

    private static @Nullable JsonNode limits(@Nullable ConsumerLimits limits) {
        if (limits == null) {
            return null;
        }
        ObjectNode json = object().put("max_ack_pending", limits.maxAckPending());
        if (limits.inactiveThreshold() != null) {
            json.set("inactive_threshold", Field.nanoseconds(limits.inactiveThreshold()));
        }
        return present(json);
    }

    private static boolean usesConsumer(Stream<StreamSource> sources) {
        return sources.anyMatch(source -> source.consumer() != null);
    }

    private static Stream<StreamSource> stream(@Nullable List<StreamSource> sources) {
        return sources == null ? Stream.empty() : sources.stream();
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode present(ObjectNode json) {
        json.properties().removeIf(field -> field.getValue().isNull());
        return json;
    }
}
