package io.jetwright.operator.asset;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jetwright.api.Asset;
import io.jetwright.api.Consumer;
import io.jetwright.api.ConsumerSpec;
import io.jetwright.api.KeyValue;
import io.jetwright.api.KeyValueSpec;
import io.jetwright.api.ObjectStore;
import io.jetwright.api.ObjectStoreSpec;
import io.jetwright.api.Stream;
import io.jetwright.api.StreamSpec;
import io.jetwright.api.StreamStatus;
import io.jetwright.jetstream.Live;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.operator.asset.kind.Sight;
import io.jetwright.operator.report.StatusWrites;
import io.jetwright.plan.AssetName;
import io.jetwright.plan.Settings;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Resources as the API server hands them out. */
public final class Resources {
    public static final String CREATED = "2026-06-01T10:00:00Z";
    public static final Cluster CLUSTER = new Cluster("here", Set.of());
    public static final ConnectionSettings CONNECTION =
            new ConnectionSettings(List.of(URI.create("nats://localhost:4222")), null);

    private Resources() {}

    /** Whatever differs is written. */
    public static StatusWrites writes(Clock clock) {
        return new StatusWrites(new StatusWrites.Limits(Duration.ZERO, 0, 0), clock, cause -> {});
    }

    /** A Stream of the namespace {@code shop}, generation 1. */
    public static Stream stream(String name, String spec) {
        var stream = named(new Stream(), name);
        stream.setSpec(read(spec, StreamSpec.class));
        return stream;
    }

    /** A Consumer of the namespace {@code shop}, generation 1. */
    public static Consumer consumer(String name, String spec) {
        var consumer = named(new Consumer(), name);
        consumer.setSpec(read(spec, ConsumerSpec.class));
        return consumer;
    }

    /** A KeyValue of the namespace {@code shop}, generation 1. */
    public static KeyValue keyValue(String name, String spec) {
        var bucket = named(new KeyValue(), name);
        bucket.setSpec(read(spec, KeyValueSpec.class));
        return bucket;
    }

    /** An ObjectStore of the namespace {@code shop}, generation 1. */
    public static ObjectStore objectStore(String name, String spec) {
        var store = named(new ObjectStore(), name);
        store.setSpec(read(spec, ObjectStoreSpec.class));
        return store;
    }

    /** The status of a Stream whose stream is in JetStream. */
    static StreamStatus existing(String stream) {
        var info = JsonNodeFactory.instance.objectNode().put("created", CREATED);
        Sight seen = new Sight.Seen(new AssetName.StreamName(stream), new Live(new Settings(Map.of()), info));
        return Stage.ofStreams().kind.view().known(seen, null);
    }

    /** What begins with a brace would be taken for JSON. */
    private static <T> T read(String yaml, Class<T> type) {
        return Serialization.unmarshal("--- " + yaml, type);
    }

    private static <R extends Asset<?, ?>> R named(R resource, String name) {
        resource.setMetadata(new ObjectMetaBuilder()
                .withNamespace("shop")
                .withName(name)
                .withUid("uid-of-" + name)
                .withGeneration(1L)
                .withCreationTimestamp(CREATED)
                .build());
        return resource;
    }
}
