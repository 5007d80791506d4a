package io.jetwright.plan;

import io.jetwright.api.BucketSpec;
import io.jetwright.api.ConsumerSpec;
import io.jetwright.api.KeyValueSpec;
import io.jetwright.api.ObjectStoreSpec;
import io.jetwright.api.StreamSpec;
import io.jetwright.plan.AssetName.ConsumerName;
import io.jetwright.plan.AssetName.StreamName;
import java.util.Objects;
import java.util.Optional;

/**
 * Which object in JetStream a resource declares: the one that its spec names, else the one with the resource's own name.
 * Each {@code resourceName} is the resource's {@code metadata.name}. No name is validated; the CRDs' schemas do that.
 */
public final class Names {
    private Names() {}

    /** The stream that a Stream resource declares. */
    public static StreamName stream(StreamSpec spec, String resourceName) {
        return new StreamName(Objects.requireNonNullElse(spec.name(), resourceName));
    }

    /** The stream of the key-value bucket that a KeyValue resource declares. */
    public static StreamName keyValue(KeyValueSpec spec, String resourceName) {
        return Buckets.keyValue(bucket(spec, resourceName));
    }

    /** The stream of the object store that an ObjectStore resource declares. */
    public static StreamName objectStore(ObjectStoreSpec spec, String resourceName) {
        return Buckets.objectStore(bucket(spec, resourceName));
    }

    private static String bucket(BucketSpec spec, String resourceName) {
        return Objects.requireNonNullElse(spec.bucket(), resourceName);
    }

    /**
     * The consumer that a Consumer resource declares.
     *
     * @param stream what {@link #streamOf} answers; where that is empty, the stream of the Stream resource that {@code
     *     spec.streamRef} refers to
     */
    public static ConsumerName consumer(ConsumerSpec spec, String resourceName, StreamName stream) {
        return new ConsumerName(stream.name(), Objects.requireNonNullElse(spec.durableName(), resourceName));
    }

    /**
     * The stream of a consumer, as {@code spec.streamName} names it; empty where {@code spec.streamRef} refers to a
     * Stream resource, and in a spec that has neither, which the CRD's schema refuses.
     */
    public static Optional<StreamName> streamOf(ConsumerSpec spec) {
        return spec.streamRef() == null
                ? Optional.ofNullable(spec.streamName()).map(StreamName::new)
                : Optional.empty();
    }
}
