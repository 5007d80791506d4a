package io.jetwright.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jetwright.api.BucketSpec;
import io.jetwright.api.CompressionOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The fields that the streams of key-value buckets and object stores share, as nats.go and jnats create them. */
final class BucketFields {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private BucketFields() {}

    /**
     * All fields of a bucket's stream: those of the specs of all buckets, those that are the same in each bucket, and
     * these of a kind; then, unset, all others that a stream can have.
     */
    static <S extends BucketSpec> List<Field<S>> with(List<Field<S>> more) {
        Stream<Field<S>> common = Stream.of(
                Field.duration("ttl", "max_age", S::ttl),
                Field.choice("compression", "compression", BucketFields::compression),
                Field.always("discard", "discard", JSON.textNode("new")),
                Field.always("allowRollup", "allow_rollup_hdrs", JSON.booleanNode(true)),
                Field.always("allowDirect", "allow_direct", JSON.booleanNode(true)));
        List<Field<S>> fields =
                StreamFields.with(Stream.concat(common, more.stream()).toList());
        Set<String> known = fields.stream().map(Field::wireName).collect(Collectors.toSet());
        return Stream.concat(
                        fields.stream(),
                        StreamFields.ALL.stream()
                                .filter(field -> !known.contains(field.wireName()))
                                .map(Field::<S>unset))
                .toList();
    }

    /** A mirror has no subjects; one that the spec does not know of stays a mirror. */
    static JsonNode storedSubjects(JsonNode subjects, Settings others) {
        return others.has("mirror") ? JSON.arrayNode() : subjects;
    }

    private static @Nullable CompressionOption compression(BucketSpec spec) {
        Boolean compression = spec.compression();
        return compression == null ? null : compression ? CompressionOption.S2 : CompressionOption.NONE;
    }
}
