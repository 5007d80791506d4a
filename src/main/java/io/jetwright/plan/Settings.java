package io.jetwright.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a JetStream object, as JetStream's JSON has it.
 *
 * @param fields by the names of JetStream's JSON; a field that is absent is left to the server
 */
public record Settings(Map<String, JsonNode> fields) {
    private static final String METADATA = "metadata";

    public Settings {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** The settings that a JSON object holds. */
    public static Settings of(JsonNode json) {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        json.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        return new Settings(fields);
    }

    /** The field's value; null when it is absent. */
    public @Nullable JsonNode get(String wireName) {
        return fields.get(wireName);
    }

    /** Whether the field has a value that is not zero, false, empty or none, which all mean the same as an absent one. */
    boolean has(String wireName) {
        return !Values.isZero(fields.get(wireName));
    }

    /** The field's text; empty when it is absent. */
    String text(String wireName) {
        JsonNode value = fields.get(wireName);
        return value == null ? "" : value.asText();
    }

    /** The field's number; zero when it is absent. */
    long number(String wireName) {
        JsonNode value = fields.get(wireName);
        return value == null ? 0 : value.asLong();
    }

    /** The value of a key of the object's metadata. */
    public Optional<String> metadata(String key) {
        JsonNode metadata = fields.get(METADATA);
        return metadata == null
                ? Optional.empty()
                : Optional.ofNullable(metadata.get(key)).map(JsonNode::asText);
    }

    /** These settings with one more field, or another value of it. */
    public Settings with(String wireName, JsonNode value) {
        Map<String, JsonNode> changed = new LinkedHashMap<>(fields);
        changed.put(wireName, value);
        return new Settings(changed);
    }

    /** As the body of a request. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        fields.forEach(json::set);
        return json;
    }
}
