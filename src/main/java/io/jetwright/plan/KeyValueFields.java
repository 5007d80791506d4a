package io.jetwright.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jetwright.api.Durations;
import io.jetwright.api.KeyValueSpec;
import io.jetwright.api.StreamSource;
import io.jetwright.api.SubjectTransform;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What each field of a {@link KeyValueSpec} is in the bucket's stream, as nats.go and jnats create it (ADR-8, ADR-48). */
final class KeyValueFields {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Duration DUPLICATE_WINDOW = Duration.ofMinutes(2);
    private static final Pattern WILDCARD = Pattern.compile("(?<=[.])[*](?=[.]|$)");

    static final List<Field<KeyValueSpec>> ALL = BucketFields.with(List.of(
            Field.number("history", "max_msgs_per_subject", KeyValueSpec::history)
                    .initially(spec -> JSON.numberNode(1)),
            Field.duration("limitMarkerTtl", "subject_delete_marker_ttl", KeyValueSpec::limitMarkerTtl)
                    .since("2.11.0"),
            Field.size("maxValueSize", "max_msg_size", KeyValueSpec::maxValueSize),
            StreamFields.republish(KeyValueSpec::republish),
            StreamFields.mirror(KeyValueFields::mirror),
            StreamFields.sources(KeyValueSpec::sources, KeyValueFields::source),
            Field.named("subjects", "subjects", KeyValueFields::subjects).asStored(BucketFields::storedSubjects),
            Field.flag("denyDelete", "deny_delete", (KeyValueSpec spec) -> true).updates(Updates.ON_ONLY),
            Field.flag("mirrorDirect", "mirror_direct", (KeyValueSpec spec) -> spec.mirror() == null ? null : true)
                    .byDefault(ServerDefault.MIRROR_DIRECT),
            Field.json("duplicateWindow", "duplicate_window", (KeyValueSpec spec) -> null)
                    .as(FieldType.DURATION)
                    .initially(KeyValueFields::duplicateWindow)
                    .byDefault(ServerDefault.DUPLICATE_WINDOW),
            Field.flag(
                            "allowMsgTtl",
                            "allow_msg_ttl",
                            (KeyValueSpec spec) -> spec.limitMarkerTtl() == null ? null : true)
                    .updates(Updates.STAYS_ON)
                    .byDefault(ServerDefault.ALLOW_MSG_TTL)));

    private KeyValueFields() {}

    private static @Nullable JsonNode subjects(KeyValueSpec spec, AssetName name) {
        return spec.mirror() == null
                ? JSON.arrayNode().add(Buckets.keyPrefix(Buckets.keyValueNamed(name.stream())) + ">")
                : null;
    }

    /** As clients send it; none for a mirror, for which servers drop it when they restart, and in clusters at once. */
    private static @Nullable JsonNode duplicateWindow(KeyValueSpec spec) {
        if (spec.mirror() != null) {
            return null;
        }
        Duration ttl = spec.ttl() == null ? Duration.ZERO : Durations.parse(spec.ttl());
        boolean isShorter = !ttl.isZero() && ttl.compareTo(DUPLICATE_WINDOW) < 0;
        return JSON.numberNode((isShorter ? ttl : DUPLICATE_WINDOW).toNanos());
    }

    private static @Nullable StreamSource mirror(KeyValueSpec spec) {
        StreamSource mirror = spec.mirror();
        return mirror == null ? null : ofBucket(mirror, mirror.filterSubject(), mirror.subjectTransforms());
    }

    /**
     * A source whose keys are transformed into this bucket's, unless the spec has transforms, or the source is a bucket of
     * the same name in another account.
     */
    private static StreamSource source(StreamSource source, AssetName name) {
        String from = Buckets.keyValueNamed(source.name());
        String to = Buckets.keyValueNamed(name.stream());
        if (source.subjectTransforms() != null) {
            return source;
        }
        if (source.externalApiPrefix() != null && from.equals(to)) {
            return ofBucket(source, source.filterSubject(), null);
        }
        String keys = source.filterSubject() == null ? Buckets.keyPrefix(from) + ">" : source.filterSubject();
        return ofBucket(source, null, List.of(new SubjectTransform(keys, moved(keys, from, to))));
    }

    /**
     * The destination of a transform that moves the keys from one bucket to another.
     *
     * @throws IllegalArgumentException if the keys are not those of the bucket that they are moved from
     */
    private static String moved(String keys, String from, String to) {
        String prefix = Buckets.keyPrefix(from);
        if (!keys.startsWith(prefix)) {
            throw new IllegalArgumentException(
                    "filterSubject %s does not begin with %s, as the keys of that bucket do".formatted(keys, prefix));
        }
        int[] wildcards = {0};
        return WILDCARD.matcher(Buckets.keyPrefix(to) + keys.substring(prefix.length()))
                .replaceAll(wildcard -> "{{wildcard(%d)}}".formatted(++wildcards[0]));
    }

    private static StreamSource ofBucket(
            StreamSource source, @Nullable String filterSubject, @Nullable List<SubjectTransform> transforms) {
        return new StreamSource(
                Buckets.keyValue(Buckets.keyValueNamed(source.name())).name(),
                source.optStartSeq(),
                source.optStartTime(),
                filterSubject,
                source.externalApiPrefix(),
                source.externalDeliverPrefix(),
                transforms,
                source.consumer());
    }
}
