package io.jetwright.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jetwright.api.ConsumerSpec;
import io.jetwright.api.KeyValueSpec;
import io.jetwright.api.ObjectStoreSpec;
import io.jetwright.api.StreamSpec;
import io.jetwright.plan.AssetName.ConsumerName;
import io.jetwright.plan.AssetName.StreamName;
import java.util.List;

/** Specs from their YAML, and what becomes of them. */
final class Specs {
    static final StreamName ORDERS = new StreamName("ORDERS");
    static final ConsumerName BILLING = new ConsumerName("ORDERS", "BILLING");
    static final StreamName SESSIONS = Buckets.keyValue("sessions");
    static final StreamName FILES = Buckets.objectStore("files");
    static final Owner OWNER = new Owner("cluster", "shop", "orders");

    private Specs() {}

    static StreamSpec stream(String yaml) {
        return read(yaml, StreamSpec.class);
    }

    static ConsumerSpec consumer(String yaml) {
        return read(yaml, ConsumerSpec.class);
    }

    /** What begins with a brace would be taken for JSON. */
    static <T> T read(String yaml, Class<T> type) {
        return Serialization.unmarshal("--- " + yaml, type);
    }

    static Settings desiredKeyValue(String yaml) {
        return Mapping.KEY_VALUE.desired(read(yaml, KeyValueSpec.class), SESSIONS, OWNER);
    }

    static Settings desiredObjectStore(String yaml) {
        return Mapping.OBJECT_STORE.desired(read(yaml, ObjectStoreSpec.class), FILES, OWNER);
    }

    static Settings desiredStream(String yaml) {
        return Mapping.STREAM.desired(stream(yaml), ORDERS, OWNER);
    }

    static Settings desiredConsumer(String yaml) {
        return Mapping.CONSUMER.desired(consumer(yaml), BILLING, OWNER);
    }

    /** What the server makes of a spec. */
    static Settings appliedStream(String yaml) {
        return ServerDefaults.fill(ORDERS, desiredStream(yaml));
    }

    /** What the server makes of a spec. */
    static Settings appliedConsumer(String yaml) {
        return ServerDefaults.fill(BILLING, desiredConsumer(yaml));
    }

    /** The settings as JSON, without name and metadata. */
    static ObjectNode bare(Settings settings) {
        var json = (ObjectNode) json(settings.toJson().toString());
        json.remove(List.of("name", "metadata"));
        return json;
    }

    /** The settings as somebody else may have made them, without marks and other metadata. */
    static Settings unmarked(Settings settings) {
        return settings.with("metadata", json("{}"));
    }

    /**
     * What an update brings about, without name and metadata: the fields that the server then has with other values than before,
     * null for those that it has no more.
     */
    static ObjectNode after(Settings before, AssetName name, Change update) {
        ObjectNode then = bare(ServerDefaults.fill(name, ((Change.Update) update).settings()));
        bare(before).properties().forEach(field -> {
            if (!then.has(field.getKey()) && !field.getValue().isNull()) {
                then.putNull(field.getKey());
            } else if (then.path(field.getKey()).equals(field.getValue())) {
                then.remove(field.getKey());
            }
        });
        return then;
    }

    /** What a change comes to, and the differences, as tables have it: {@code update maxAge: 1d -> 7d}. */
    static String show(Change change) {
        String kind =
                switch (change) {
                    case Change.None none -> "none";
                    case Change.Create create -> "create";
                    case Change.Update update -> "update ";
                    case Change.Immutable immutable -> "immutable ";
                };
        return (kind + Difference.show(change.differences())).strip();
    }

    static JsonNode json(String text) {
        try {
            return JsonMapper.builder().build().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /** A JSON object with fields of another in place of its own; a field that is null there is left out. */
    static ObjectNode json(String text, String more) {
        var json = (ObjectNode) json(text);
        json.setAll((ObjectNode) json(more));
        json.properties().removeIf(field -> field.getValue().isNull());
        return json;
    }

    /** The settings with fields of this JSON object in place of their own. */
    static Settings overlaid(Settings settings, String json) {
        Settings changed = settings;
        for (var field : json(json).properties()) {
            changed = changed.with(field.getKey(), field.getValue());
        }
        return changed;
    }
}
