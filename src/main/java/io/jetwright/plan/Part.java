package io.jetwright.plan;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one field of a configuration, or of one key of its metadata.
 *
 * @param wireName the field's name in JetStream's JSON, or the key
 * @param sent by an update; null where it omits the field
 * @param difference null where JetStream agrees
 */
record Part(
        String wireName,
        @Nullable JsonNode sent,
        Fate fate,
        @Nullable Difference difference) {
    private static final String DEFAULT = "(the server's default)";

    enum Fate {
        /** JetStream has what the spec says, or the default of a field that the spec omits. */
        AGREES,
        /** An update changes it. */
        UPDATED,
        /** A request to pause or to resume changes it. */
        PAUSED,
        /** The server refuses to change it. */
        IMMUTABLE,
        /** It is kept, although it is not the server's default, since the spec omits it and did not set it before. */
        UNMANAGED
    }

    static Part agreeing(String wireName, @Nullable JsonNode sent) {
        return new Part(wireName, sent, Fate.AGREES, null);
    }

    /**
     * A field that is to change.
     *
     * @param from what JetStream has; null for nothing
     * @param to what it should have; null for the server's default
     */
    static Part changing(Field<?> field, @Nullable JsonNode from, @Nullable JsonNode to, Fate fate) {
        String desired = to == null ? DEFAULT : field.show(to);
        return new Part(field.wireName(), to, fate, new Difference(field.name(), desired, field.show(from)));
    }

    /**
     * A name, or a key of the metadata, that is to change.
     *
     * @param name as differences call it
     * @param from what JetStream has; null for nothing
     * @param to what it should have; null for nothing
     */
    static Part changing(String name, String wireName, @Nullable JsonNode from, @Nullable JsonNode to, Fate fate) {
        return new Part(wireName, to, fate, new Difference(name, FieldType.PLAIN.show(to), FieldType.PLAIN.show(from)));
    }

    /** The same, where an update sends another value. */
    Part sending(@Nullable JsonNode value) {
        return new Part(wireName, value, fate, difference);
    }
}
