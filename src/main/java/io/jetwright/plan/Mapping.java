package io.jetwright.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jetwright.api.ConsumerSpec;
import io.jetwright.api.KeyValueSpec;
import io.jetwright.api.ObjectStoreSpec;
import io.jetwright.api.StreamSpec;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the specs of a kind become JetStream's settings, and how those are merged with what JetStream has.
 *
 * <p>A JetStream object carries in its metadata, beside its {@link Owner}, the names of the fields and keys that its resource
 * sets ({@value #FIELDS_KEY}). So a field that was removed from the spec is known as such, and goes back to the server's
 * default, while one that the spec never had stays as it is, whoever has set it.
 */
public final class Mapping<S> {
    /** The key in the JetStream object's metadata; its value is the names of the fields that the spec sets. */
    public static final String FIELDS_KEY = "jetwright.io/fields";

    /** Of streams. */
    public static final Mapping<StreamSpec> STREAM =
            new Mapping<>(StreamSpec.class, StreamFields.ALL, MonitorKeys::withMetadata);

    /** Of consumers. */
    public static final Mapping<ConsumerSpec> CONSUMER =
            new Mapping<>(ConsumerSpec.class, ConsumerFields.ALL, MonitorKeys::withMetadata);

    /** Of key-value buckets. */
    public static final Mapping<KeyValueSpec> KEY_VALUE =
            new Mapping<>(KeyValueSpec.class, KeyValueFields.ALL, KeyValueSpec::metadata);

    /** Of object stores. */
    public static final Mapping<ObjectStoreSpec> OBJECT_STORE =
            new Mapping<>(ObjectStoreSpec.class, ObjectStoreFields.ALL, ObjectStoreSpec::metadata);

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Set<String> specFields;
    private final List<Field<S>> fields;
    private final Function<S, @Nullable Map<String, String>> metadata;

    private Mapping(Class<S> spec, List<Field<S>> fields, Function<S, @Nullable Map<String, String>> metadata) {
        specFields = Stream.of(spec.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.toUnmodifiableSet());
        this.fields = fields;
        this.metadata = metadata;
    }

    /** The field of the spec that becomes this one of JetStream's JSON; empty where the kind has none. */
    public Optional<String> specField(String wireName) {
        Stream<String> names = Stream.concat(
                fields.stream()
                        .filter(field -> field.wireName().equals(wireName))
                        .map(Field::name),
                Stream.of(wireName).filter(Metadata.WIRE_NAME::equals));
        return names.filter(specFields::contains).findFirst();
    }

    /**
     * The whole configuration that a spec asks for.
     *
     * @throws IllegalArgumentException if a duration, size or time in it cannot be read; the message names the field
     */
    public Settings desired(S spec, AssetName name, Owner owner) {
        Map<String, JsonNode> settings = new LinkedHashMap<>();
        settings.put("name", JSON.textNode(name.name()));
        if (name instanceof AssetName.ConsumerName) {
            settings.put("durable_name", JSON.textNode(name.name()));
        }
        List<String> marked = new ArrayList<>();
        for (Field<S> field : fields) {
            JsonNode value = naming(field, () -> field.value().apply(spec, name));
            JsonNode initial =
                    value == null ? naming(field, () -> field.initial().apply(spec)) : null;
            if (value != null) {
                settings.put(field.wireName(), value);
                marked.add(field.name());
            } else if (initial != null) {
                settings.put(field.wireName(), initial);
            }
        }
        Settings asWritten = new Settings(settings);
        fields.forEach(field -> settings.computeIfPresent(
                field.wireName(), (wireName, value) -> field.asStored().apply(value, asWritten)));
        Map<String, String> keys = Objects.requireNonNullElse(metadata.apply(spec), Map.of());
        ObjectNode json = JSON.objectNode();
        keys.forEach(json::put);
        json.put(Owner.KEY, owner.toString());
        json.put(FIELDS_KEY, Marks.NONE.with(marked).withKeys(keys.keySet()).toString());
        settings.put(Metadata.WIRE_NAME, json);
        return new Settings(settings);
    }

    private static <T extends @Nullable Object> T naming(Field<?> field, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("spec." + field.name() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Says which field of the spec the server is too old for; empty when it knows them all.
     *
     * @throws IllegalArgumentException as {@link #desired} does
     */
    public Optional<String> unsupported(S spec, AssetName name, ServerVersion server) {
        return fields.stream()
                .flatMap(field -> naming(field, () -> field.missing(spec, name, server))
                        .map(version ->
                                "spec.%s needs nats-server %s or newer, and this is %s: upgrade the server, or remove the field"
                                        .formatted(field.name(), version, server))
                        .stream())
                .findFirst();
    }

    /**
     * What it takes to make JetStream agree. What the spec sets is set. What it set before and omits now goes back to the server's
     * default, as does, with {@code resets}, all that it omits, except where limits of the stream, the account or the server can
     * be that default. Everything else stays as it is, unless the server derived it from fields that change, or refuses it beside
     * them. A field that the server cannot change makes the change {@link Change.Immutable}, whether the spec has another value
     * or none.
     *
     * @param desired by {@link #desired}, or the settings of an update, which ask for the same fields
     * @param actual what JetStream has; null when there is no such object
     * @param now decides whether a pause is over
     */
    public Change change(
            Settings desired, @Nullable Settings actual, ServerVersion server, Instant now, boolean resets) {
        Settings known = known(desired, server);
        return actual == null
                ? new Change.Create(known)
                : new Merge<>(fields, known, actual, server, now, resets).change();
    }

    /** Without the fields that the server does not know, of which {@link #unsupported} lets only zeros pass. */
    private Settings known(Settings desired, ServerVersion server) {
        Set<String> unknown = fields.stream()
                .filter(field -> desired.get(field.wireName()) != null && !field.isKnownTo(server))
                .map(Field::wireName)
                .collect(Collectors.toSet());
        if (unknown.isEmpty()) {
            return desired;
        }
        Map<String, JsonNode> values = new LinkedHashMap<>(desired.fields());
        values.keySet().removeAll(unknown);
        return new Settings(values);
    }

    /**
     * What JetStream has beyond the spec and the server's defaults, and {@link #change} keeps: fields, and keys of the metadata,
     * that the resource does not manage. The desired value of each is the server's default. Empty if there are none; fields that
     * only newer servers know are not among them.
     *
     * @param now decides whether a pause is over
     */
    public List<Difference> unmanaged(Settings desired, Settings actual, ServerVersion server, Instant now) {
        return new Merge<>(fields, known(desired, server), actual, server, now, false).unmanaged();
    }

    /**
     * The fields, and the users' keys of the metadata, in which two configurations of an object differ: {@code after} as desired,
     * {@code before} as actual.
     */
    public List<Difference> compare(Settings before, Settings after) {
        Stream<Difference> ofFields = fields.stream()
                .filter(field -> !field.same(after.get(field.wireName()), before.get(field.wireName())))
                .map(field -> new Difference(
                        field.name(),
                        field.show(after.get(field.wireName())),
                        field.show(before.get(field.wireName()))));
        return Stream.concat(ofFields, Metadata.compare(before, after).stream()).toList();
    }
}
