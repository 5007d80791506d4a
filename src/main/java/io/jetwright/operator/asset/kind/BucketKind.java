package io.jetwright.operator.asset.kind;

import com.fasterxml.jackson.databind.JsonNode;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.jetwright.api.Asset;
import io.jetwright.api.AssetStatus;
import io.jetwright.api.BucketSpec;
import io.jetwright.api.Durations;
import io.jetwright.operator.connection.Routes;
import io.jetwright.plan.AssetName;
import io.jetwright.plan.AssetName.StreamName;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What key-value buckets and object stores have in common. */
public abstract class BucketKind<R extends Asset<S, T>, S extends BucketSpec, T extends AssetStatus>
        extends StreamBasedKind<R, S, T> {
    public BucketKind(Routes routes, IndexerResourceCache<R> cache) {
        super(routes, cache);
    }

    /** The stream that a bucket of this name is. */
    abstract StreamName streamOf(String bucket);

    @Override
    final StreamName streamOf(R resource) {
        return streamOf(Objects.requireNonNullElse(
                resource.getSpec().bucket(), resource.getMetadata().getName()));
    }

    /** Consumers are none of its business: each client that watches a bucket or lists its keys makes one for a while. */
    @Override
    public final Stream<R> concernedBy(AssetName name) {
        return naming(name);
    }

    /** Null for no limit. */
    public static @Nullable String ttl(JsonNode info) {
        long nanoseconds = info.path("config").path("max_age").asLong();
        return nanoseconds == 0 ? null : Durations.format(Duration.ofNanos(nanoseconds));
    }
}
