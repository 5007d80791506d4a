package io.jetwright.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jetwright.api.ConsumerSpec;
import io.jetwright.api.KeyValueSpec;
import io.jetwright.api.ObjectStoreSpec;
import io.jetwright.api.StreamSpec;
import io.jetwright.api.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How the specs of a kind become JetStream's settings, and how those compare with what JetStream has.
 *
 * <p>A JetStream object carries in its metadata, beside its {@link Owner}, the names of the fields that its resource
 * sets ({@value #FIELDS_KEY}). So a field that was removed from the spec is known as such, and goes back to the server's
 * default, while one that the spec never had is left to the server and to others.
 */
public final class Mapping<S> {
    /** The key in the JetStream object's metadata; its value is the names of the fields that the spec sets. */
    public static final String FIELDS_KEY = "jetwright.io/fields";

    /** Of streams. */
    public static final Mapping<StreamSpec> STREAM = new Mapping<>(StreamFields.ALL, StreamSpec::metadata);

    /** Of consumers. */
    public static final Mapping<ConsumerSpec> CONSUMER = new Mapping<>(ConsumerFields.ALL, ConsumerSpec::metadata);

    /** Of key-value buckets. */
    public static final Mapping<KeyValueSpec> KEY_VALUE = new Mapping<>(KeyValueFields.ALL, KeyValueSpec::metadata);

    /** Of object stores. */
    public static final Mapping<ObjectStoreSpec> OBJECT_STORE =
            new Mapping<>(ObjectStoreFields.ALL, ObjectStoreSpec::metadata);

    private static final String METADATA = "metadata";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final List<Field<S>> fields;
    private final Function<S, @Nullable Map<String, String>> metadata;

    private Mapping(List<Field<S>> fields, Function<S, @Nullable Map<String, String>> metadata) {
        this.fields = fields;
        this.metadata = metadata;
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
        SortedSet<String> names = new TreeSet<>();
        for (Field<S> field : fields) {
            JsonNode value = naming(field, () -> field.value().apply(spec, name));
            if (value != null) {
                settings.put(field.wireName(), value);
                names.add(field.name());
            } else if (field.initial() != null) {
                settings.put(field.wireName(), field.initial());
            }
        }
        ObjectNode keys = JSON.objectNode();
        Map<String, String> written = metadata.apply(spec);
        if (written != null) {
            written.forEach(keys::put);
            names.add(METADATA);
        }
        keys.put(Owner.KEY, owner.toString());
        keys.put(FIELDS_KEY, String.join(",", names));
        settings.put(METADATA, keys);
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
     * What it takes to make JetStream agree.
     *
     * @param actual what JetStream has; null when there is no such object
     * @param now decides whether a pause is over
     */
    public Change change(Settings desired, @Nullable Settings actual, ServerVersion server, Instant now) {
        if (actual == null) {
            return new Change.Create(desired);
        }
        List<Difference> differences = new ArrayList<>();
        List<Difference> immutable = new ArrayList<>();
        Set<String> managed = managed(desired, actual);
        boolean isSealed = !Values.isZero(actual.get(StreamFields.SEALED));
        boolean pause = false;
        Settings update = desired;
        for (Field<S> field : fields) {
            String wireName = field.wireName();
            JsonNode to = desired.get(wireName);
            JsonNode from = actual.get(wireName);
            boolean isOmitted = to == null || (field.initial() != null && !managed.contains(field.name()));
            boolean isSetBySealing = isSealed && StreamFields.SET_BY_SEALING.contains(wireName);
            boolean isCarriedOver =
                    (isSetBySealing && to != null) || (isOmitted && isKept(field, from, server, managed));
            if (from != null && isCarriedOver) {
                update = update.with(wireName, from);
            } else if ((managed.contains(field.name()) || field.countsWhenOmitted())
                    && !isSetBySealing
                    && !field.same(to, from)) {
                var difference = new Difference(field.name(), show(field, to), field.show(from));
                if (wireName.equals(ConsumerFields.PAUSE_UNTIL)) {
                    pause = !isOver(to, now) || !isOver(from, now);
                    if (pause) {
                        differences.add(difference);
                    }
                } else {
                    (field.updates().allowed(from, to, server) ? differences : immutable).add(difference);
                }
            }
        }
        if (!immutable.isEmpty()) {
            immutable.addAll(differences);
            return new Change.Immutable(desired, immutable);
        }
        if (managed.contains(METADATA) && !users(desired).equals(users(actual))) {
            differences.add(new Difference(
                    METADATA, users(desired).toString(), users(actual).toString()));
        }
        boolean config = differences.size() > (pause ? 1 : 0) || !marks(desired).equals(marks(actual));
        return config || pause ? new Change.Update(update, differences, config, pause) : new Change.None();
    }

    /** The fields in which two configurations of an object differ: {@code after} as desired, {@code before} as actual. */
    public List<Difference> compare(Settings before, Settings after) {
        return fields.stream()
                .filter(field -> !field.same(after.get(field.wireName()), before.get(field.wireName())))
                .map(field -> new Difference(
                        field.name(),
                        field.show(after.get(field.wireName())),
                        field.show(before.get(field.wireName()))))
                .toList();
    }

    /**
     * Whether an update sends the live value of a field that the spec omits, since the server takes its absence for a
     * change: one that it refuses, or one that cannot be undone (the promotion of a mirror, a shorter history).
     */
    private static boolean isKept(Field<?> field, @Nullable JsonNode from, ServerVersion server, Set<String> managed) {
        if (Values.isZero(from) || field.countsWhenOmitted()) {
            return false;
        }
        return (field.initial() != null && !managed.contains(field.name()))
                || !field.updates().allowed(from, null, server)
                || (field.updates() == Updates.MIRROR && !managed.contains(field.name()));
    }

    /** The fields that the spec sets, or did when its resource last made JetStream agree. */
    private static Set<String> managed(Settings desired, Settings actual) {
        Set<String> names = new HashSet<>(marked(desired));
        if (Owner.of(desired).equals(Owner.of(actual))) {
            names.addAll(marked(actual));
        }
        return names;
    }

    private static List<String> marked(Settings settings) {
        return settings.metadata(FIELDS_KEY)
                .map(names -> List.of(names.split(",")))
                .orElse(List.of());
    }

    private static String show(Field<?> field, @Nullable JsonNode desired) {
        return desired == null ? "(the server's default)" : field.show(desired);
    }

    private static boolean isOver(@Nullable JsonNode time, Instant now) {
        return time == null || !Times.parse(time.asText()).isAfter(now);
    }

    /** The metadata without the server's keys and ours. */
    private static Map<String, String> users(Settings settings) {
        return metadata(settings, key -> !isMark(key) && !key.startsWith("_nats."));
    }

    private static Map<String, String> marks(Settings settings) {
        return metadata(settings, Mapping::isMark);
    }

    private static boolean isMark(String key) {
        return key.equals(Owner.KEY) || key.equals(FIELDS_KEY);
    }

    private static Map<String, String> metadata(Settings settings, Predicate<String> keys) {
        Map<String, String> chosen = new TreeMap<>();
        JsonNode metadata = settings.get(METADATA);
        if (metadata != null) {
            metadata.properties().stream()
                    .filter(entry -> keys.test(entry.getKey()))
                    .forEach(
                            entry -> chosen.put(entry.getKey(), entry.getValue().asText()));
        }
        return chosen;
    }
}
