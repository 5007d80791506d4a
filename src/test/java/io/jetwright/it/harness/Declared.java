package io.jetwright.it.harness;

/** The kinds whose resources declare a stream, with one of each that its tests use. */
public enum Declared {
    STREAM("Stream", "name: ORDERS, subjects: [orders.*]", "orders.new", "name: ORDERS, subjects: [orders.*]"),
    KEY_VALUE(
            "KeyValue",
            "bucket: ORDERS, history: 5",
            "$KV.ORDERS.new",
            "name: KV_ORDERS, subjects: [$KV.ORDERS.>], max_msgs_per_subject: 5, discard: new, deny_delete: true,"
                    + " allow_rollup_hdrs: true, allow_direct: true"),
    OBJECT_STORE(
            "ObjectStore",
            "bucket: ORDERS",
            "$O.ORDERS.C.new",
            "name: OBJ_ORDERS, subjects: [$O.ORDERS.M.>, $O.ORDERS.C.>], discard: new, allow_rollup_hdrs: true,"
                    + " allow_direct: true");

    private final String kind;
    private final String identity;
    private final String subject;
    private final String configuration;

    Declared(String kind, String identity, String subject, String configuration) {
        this.kind = kind;
        this.identity = identity;
        this.subject = subject;
        this.configuration = configuration;
    }

    /** A resource of this name that declares {@link #stream}, with these fields besides. */
    public String manifest(String name, String fields) {
        return Manifests.manifest(kind, name, "{%s, %s}".formatted(identity, fields));
    }

    /** The stream's name in JetStream. */
    public String stream() {
        return switch (this) {
            case STREAM -> "ORDERS";
            case KEY_VALUE -> "KV_ORDERS";
            case OBJECT_STORE -> "OBJ_ORDERS";
        };
    }

    /** One that the stream captures, and keeps several messages of. */
    public String subject() {
        return subject;
    }

    /** As somebody else would create it, with these fields besides. */
    public String configuration(String fields) {
        return "{%s, %s}".formatted(configuration, fields);
    }

    @Override
    public String toString() {
        return kind;
    }
}
