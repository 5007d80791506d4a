package io.jetwright.plan;

import io.jetwright.api.ConsumerSpec;
import io.jetwright.api.KeyValueSpec;
import io.jetwright.api.ObjectStoreSpec;
import io.jetwright.api.StreamSpec;
import java.time.Instant;
import java.util.List;

/** A table of fields, with an object whose fields they are. */
record FieldTable<S>(String kind, Mapping<S> mapping, List<Field<S>> rows, Class<S> spec, AssetName assetName) {
    static final FieldTable<StreamSpec> STREAM =
            new FieldTable<>("Stream", Mapping.STREAM, StreamFields.ALL, StreamSpec.class, Specs.ORDERS);
    static final FieldTable<ConsumerSpec> CONSUMER =
            new FieldTable<>("Consumer", Mapping.CONSUMER, ConsumerFields.ALL, ConsumerSpec.class, Specs.BILLING);
    static final FieldTable<KeyValueSpec> KEY_VALUE =
            new FieldTable<>("KeyValue", Mapping.KEY_VALUE, KeyValueFields.ALL, KeyValueSpec.class, Specs.SESSIONS);
    static final FieldTable<ObjectStoreSpec> OBJECT_STORE = new FieldTable<>(
            "ObjectStore", Mapping.OBJECT_STORE, ObjectStoreFields.ALL, ObjectStoreSpec.class, Specs.FILES);
    static final List<FieldTable<?>> ALL = List.of(STREAM, CONSUMER, KEY_VALUE, OBJECT_STORE);

    static final ServerVersion NEWEST = ServerVersion.parse("2.15.2");
    static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    /** The table of a kind; JUnit reads it so from a table of cases. */
    static FieldTable<?> of(String kind) {
        return ALL.stream()
                .filter(table -> table.kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    Settings desired(String yaml) {
        return mapping.desired(Specs.read(yaml, spec), assetName, Specs.OWNER);
    }

    /** What the server makes of a spec. */
    Settings applied(String yaml) {
        return stored(desired(yaml));
    }

    /** What the server makes of settings. */
    Settings stored(Settings sent) {
        return ServerDefaults.fill(assetName, sent);
    }

    Change change(Settings desired, Settings live) {
        return mapping.change(desired, live, NEWEST, NOW, false);
    }

    /** As {@link #change} where omitted fields are reset. */
    Change reset(Settings desired, Settings live) {
        return mapping.change(desired, live, NEWEST, NOW, true);
    }

    List<Difference> unmanaged(Settings desired, Settings live) {
        return mapping.unmanaged(desired, live, NEWEST, NOW);
    }

    List<String> wireNames() {
        return rows.stream().map(Field::wireName).toList();
    }

    /** As the report of a test names the case. */
    @Override
    public String toString() {
        return kind;
    }
}
