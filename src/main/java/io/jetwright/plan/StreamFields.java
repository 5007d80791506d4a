package io.jetwright.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jetwright.api.ConsumerLimits;
import io.jetwright.api.Placement;
import io.jetwright.api.Republish;
import io.jetwright.api.SourceConsumer;
import io.jetwright.api.StreamBasedSpec;
import io.jetwright.api.StreamSource;
import io.jetwright.api.StreamSpec;
import io.jetwright.api.SubjectTransform;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What each field of a {@link StreamSpec} is in JetStream's StreamConfig (nats-server's {@code stream.go}). */
final class StreamFields {
    static final String SEALED = "sealed";

    /** The fields of a sealed stream that the server sets itself, whatever an update has. */
    static final Set<String> SET_BY_SEALING =
            Set.of("max_age", "discard", "deny_delete", "deny_purge", "allow_rollup_hdrs");

    static final List<Field<StreamSpec>> ALL = with(List.of(
            Field.texts("subjects", "subjects", StreamSpec::subjects).byDefault(ServerDefault.SUBJECTS),
            Field.choice("retention", "retention", StreamSpec::retention)
                    .updates(Updates.RETENTION)
                    .byDefault(ServerDefault.of("limits")),
            Field.limit("maxConsumers", "max_consumers", StreamSpec::maxConsumers)
                    .updates(Updates.MAX_CONSUMERS),
            Field.limit("maxMsgs", "max_msgs", StreamSpec::maxMsgs),
            Field.limit("maxMsgsPerSubject", "max_msgs_per_subject", StreamSpec::maxMsgsPerSubject),
            Field.duration("maxAge", "max_age", StreamSpec::maxAge),
            Field.size("maxMsgSize", "max_msg_size", StreamSpec::maxMsgSize),
            Field.choice("discard", "discard", StreamSpec::discard).byDefault(ServerDefault.of("old")),
            Field.flag("discardPerSubject", "discard_new_per_subject", StreamSpec::discardPerSubject),
            Field.flag("noAck", "no_ack", StreamSpec::noAck),
            Field.duration("duplicateWindow", "duplicate_window", StreamSpec::duplicateWindow)
                    .byDefault(ServerDefault.DUPLICATE_WINDOW),
            mirror(StreamSpec::mirror),
            sources(StreamSpec::sources, (source, name) -> source),
            Field.choice("compression", "compression", StreamSpec::compression),
            Field.json(
                    "subjectTransform", "subject_transform", (StreamSpec spec) -> transform(spec.subjectTransform())),
            republish(StreamSpec::republish),
            Field.flag("sealed", SEALED, StreamSpec::sealed).updates(Updates.ON_ONLY),
            Field.flag("denyDelete", "deny_delete", StreamSpec::denyDelete).updates(Updates.ON_ONLY),
            Field.flag("denyPurge", "deny_purge", StreamSpec::denyPurge).updates(Updates.ON_ONLY),
            Field.flag("allowRollup", "allow_rollup_hdrs", StreamSpec::allowRollup)
                    .byDefault(ServerDefault.ALLOW_ROLLUP),
            Field.flag("allowDirect", "allow_direct", StreamSpec::allowDirect),
            Field.flag("mirrorDirect", "mirror_direct", StreamSpec::mirrorDirect)
                    .byDefault(ServerDefault.MIRROR_DIRECT),
            Field.number("firstSequence", "first_seq", StreamSpec::firstSequence)
                    .updates(Updates.NONE),
            Field.json("consumerLimits", "consumer_limits", (StreamSpec spec) -> limits(spec.consumerLimits())),
            Field.flag("allowMsgTtl", "allow_msg_ttl", StreamSpec::allowMsgTtl)
                    .updates(Updates.ON_ONLY)
                    .byDefault(ServerDefault.ALLOW_MSG_TTL)
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
                    .since("2.12.0")));

    private StreamFields() {}

    /** The fields of {@link StreamBasedSpec}, and these of a kind. */
    static <S extends StreamBasedSpec> List<Field<S>> with(List<Field<S>> more) {
        Stream<Field<S>> common = Stream.of(
                Field.text("description", "description", S::description),
                Field.choice("storage", "storage", S::storage)
                        .updates(Updates.NONE)
                        .byDefault(ServerDefault.of("file")),
                Field.number("replicas", "num_replicas", S::replicas).byDefault(ServerDefault.of(1)),
                Field.size("maxBytes", "max_bytes", S::maxBytes),
                Field.json("placement", "placement", (S spec) -> placement(spec.placement())));
        return Stream.concat(common, more.stream()).toList();
    }

    /** The row of a mirror, whose origin is sent as this function answers it. */
    static <S> Field<S> mirror(Function<S, @Nullable StreamSource> mirror) {
        return Field.json("mirror", "mirror", (S spec) -> source(mirror.apply(spec)))
                .updates(Updates.MIRROR)
                .since("2.14.0", spec -> usesConsumer(Stream.ofNullable(mirror.apply(spec))));
    }

    /** The row of sources, each of which is sent as {@code sent} makes it for an object of this name. */
    static <S> Field<S> sources(
            Function<S, @Nullable List<StreamSource>> sources, BiFunction<StreamSource, AssetName, StreamSource> sent) {
        return Field.named("sources", "sources", (S spec, AssetName name) -> {
                    List<StreamSource> written = sources.apply(spec);
                    return written == null
                            ? null
                            : Field.array(written, each -> Objects.requireNonNull(source(sent.apply(each, name))));
                })
                .since("2.14.0", spec -> usesConsumer(stream(sources.apply(spec))));
    }

    static <S> Field<S> republish(Function<S, @Nullable Republish> republish) {
        return Field.json("republish", "republish", (S spec) -> republish(republish.apply(spec)))
                .asStored(StreamFields::storedRepublish);
    }

    private static @Nullable JsonNode placement(@Nullable Placement placement) {
        if (placement == null) {
            return null;
        }
        ObjectNode json = object().put("cluster", placement.cluster());
        if (placement.tags() != null) {
            json.set("tags", Field.array(placement.tags(), JsonNodeFactory.instance::textNode));
        }
        return present(json);
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
        if (source.subjectTransforms() != null && !source.subjectTransforms().isEmpty()) {
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

    /**
     * A republication of everything as it is would go in circles, except beside a transform of the stream's only subject. There
     * nats-server stores the transform's destination as source and destination ({@code checkStreamCfg}, since 2.11.11, 2.12.2 and
     * 2.14.0). Older servers refuse the first and take the second, which means the same.
     */
    private static JsonNode storedRepublish(JsonNode republish, Settings others) {
        boolean isOfEverything = Stream.of("src", "dest")
                .allMatch(end -> republish.path(end).asText().equals(">"));
        JsonNode transform = others.get("subject_transform");
        JsonNode subjects = others.has("subjects") ? others.get("subjects") : ServerDefault.subjects(others);
        if (!isOfEverything || transform == null || !transform.hasNonNull("dest") || subjects == null) {
            return republish;
        }
        boolean isOfOnlySubject = subjects.size() == 1 && subjects.path(0).equals(transform.get("src"));
        JsonNode subject = transform.path("dest");
        return isOfOnlySubject
                ? republish
                        .<ObjectNode>deepCopy()
                        .<ObjectNode>set("src", subject)
                        .set("dest", subject)
                : republish;
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
