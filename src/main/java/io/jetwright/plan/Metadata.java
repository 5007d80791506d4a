package io.jetwright.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jetwright.plan.Part.Fate;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An object's metadata: keys of users, which are merged one by one, keys of ours, and keys of the server. */
final class Metadata {
    static final String WIRE_NAME = "metadata";

    private static final String OF_SERVER = "_nats.";

    private Metadata() {}

    /** What a key is called among the names of fields. */
    static String nameOf(String key) {
        return WIRE_NAME + "." + key;
    }

    /** What becomes of the users' keys. */
    static List<Part> merged(Settings desired, Settings live, Marks had, boolean resets) {
        Map<String, JsonNode> wanted = ofUsers(desired);
        Map<String, JsonNode> known = ofUsers(live);
        SortedSet<String> keys = new TreeSet<>(known.keySet());
        keys.addAll(wanted.keySet());
        return keys.stream()
                .map(key -> merged(key, known.get(key), wanted.get(key), had.hasKey(key) || resets))
                .toList();
    }

    private static Part merged(String key, @Nullable JsonNode from, @Nullable JsonNode to, boolean isTakenBack) {
        if (to == null && !isTakenBack) {
            return Part.changing(nameOf(key), key, from, null, Fate.UNMANAGED).sending(from);
        }
        return to != null && to.equals(from)
                ? Part.agreeing(key, from)
                : Part.changing(nameOf(key), key, from, to, Fate.UPDATED);
    }

    /** The metadata that an update sends: users' keys as they were merged, and these marks. */
    static ObjectNode sent(List<Part> keys, Map<String, JsonNode> marks) {
        ObjectNode metadata = JsonNodeFactory.instance.objectNode();
        keys.stream().filter(key -> key.sent() != null).forEach(key -> metadata.set(key.wireName(), key.sent()));
        return metadata.setAll(marks);
    }

    /** The users' keys in which two configurations of an object differ. */
    static List<Difference> compare(Settings before, Settings after) {
        return merged(after, before, Marks.NONE, true).stream()
                .flatMap(key -> Stream.ofNullable(key.difference()))
                .toList();
    }

    /** The keys that say whose an object is, and what of it is managed. */
    static Map<String, JsonNode> marks(Settings settings) {
        return keys(settings, Metadata::isMark);
    }

    private static Map<String, JsonNode> ofUsers(Settings settings) {
        return keys(settings, key -> !isMark(key) && !key.startsWith(OF_SERVER));
    }

    private static boolean isMark(String key) {
        return key.equals(Owner.KEY) || key.equals(Mapping.FIELDS_KEY);
    }

    private static Map<String, JsonNode> keys(Settings settings, Predicate<String> chosen) {
        Map<String, JsonNode> keys = new TreeMap<>();
        JsonNode metadata = settings.get(WIRE_NAME);
        if (metadata != null) {
            metadata.properties().stream()
                    .filter(each -> chosen.test(each.getKey()))
                    .forEach(each -> keys.put(each.getKey(), each.getValue()));
        }
        return keys;
    }
}
