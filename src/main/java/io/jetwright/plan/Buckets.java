package io.jetwright.plan;

import io.jetwright.plan.AssetName.StreamName;
import java.util.Optional;

/** How clients lay out buckets as streams: key-value buckets (ADR-8) and object stores (ADR-20). */
public final class Buckets {
    private static final String KEY_VALUE = "KV_";
    private static final String OBJECT_STORE = "OBJ_";

    private Buckets() {}

    /** The stream of a key-value bucket. */
    public static StreamName keyValue(String bucket) {
        return new StreamName(KEY_VALUE + bucket);
    }

    /** The stream of an object store. */
    public static StreamName objectStore(String bucket) {
        return new StreamName(OBJECT_STORE + bucket);
    }

    /** The name of the bucket that a stream holds; the stream's own name if it holds none. */
    public static String of(StreamName stream) {
        String name = stream.name();
        return name.startsWith(KEY_VALUE)
                ? name.substring(KEY_VALUE.length())
                : name.startsWith(OBJECT_STORE) ? name.substring(OBJECT_STORE.length()) : name;
    }

    /** The name of a key-value bucket, of which either this or the name of its stream is given. */
    static String keyValueNamed(String name) {
        return name.startsWith(KEY_VALUE) ? name.substring(KEY_VALUE.length()) : name;
    }

    /** What the subjects of a bucket's keys begin with. */
    static String keyPrefix(String bucket) {
        return "$KV." + bucket + ".";
    }

    /** The subjects of an object store's chunks. */
    static String chunks(String bucket) {
        return "$O." + bucket + ".C.>";
    }

    /** The subjects of an object store's objects, one each. */
    static String objects(String bucket) {
        return "$O." + bucket + ".M.>";
    }

    /** The subjects of a stream's objects, one each; empty if the stream is no object store. */
    public static Optional<String> objectsIn(StreamName stream) {
        return stream.name().startsWith(OBJECT_STORE) ? Optional.of(objects(of(stream))) : Optional.empty();
    }
}
