package io.jetwright.operator.asset.kind;

import com.fasterxml.jackson.databind.JsonNode;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.jetwright.api.KeyValue;
import io.jetwright.api.KeyValueSpec;
import io.jetwright.api.KeyValueStatus;
import io.jetwright.operator.connection.Routes;
import io.jetwright.plan.AssetName.StreamName;
import io.jetwright.plan.Buckets;
import io.jetwright.plan.Mapping;
import io.jetwright.plan.Names;
import java.util.function.UnaryOperator;

/** Key-value buckets. A change of a consumer does not concern them: each client that watches a bucket makes one. */
public final class KeyValueKind {
    private KeyValueKind() {}

    /** The kind, with its resources in this cache. */
    public static Kind<KeyValue, KeyValueSpec, KeyValueStatus> of(Routes routes, IndexerResourceCache<KeyValue> cache) {
        return new Kind<>(
                KeyValue.class,
                Mapping.KEY_VALUE,
                new StreamNaming<>(routes, KeyValueKind::name),
                new View<>(
                        KeyValue::new,
                        KeyValueStatus.NOTHING,
                        KeyValueKind::read,
                        gone -> KeyValueStatus.NOTHING,
                        UnaryOperator.identity(),
                        KeyValueStatus::with),
                new StreamIndex<>(routes, cache, KeyValueKind::name));
    }

    private static StreamName name(KeyValue resource) {
        return Names.keyValue(resource.getSpec(), resource.getMetadata().getName());
    }

    private static KeyValueStatus read(Sight.Seen seen, KeyValueStatus before) {
        JsonNode info = seen.live().info();
        JsonNode state = info.path("state");
        return new KeyValueStatus(
                null,
                null,
                Buckets.of(new StreamName(seen.name().stream())),
                seen.name().stream(),
                seen.connection(),
                InfoReader.time(info, "ts"),
                InfoReader.text(info, "created"),
                state.path("messages").asLong(),
                state.path("num_subjects").asLong(),
                state.path("bytes").asLong(),
                info.path("config").path("max_msgs_per_subject").asLong(),
                InfoReader.ttl(info),
                InfoReader.storage(info),
                InfoReader.sealed(info),
                InfoReader.time(state, "last_ts"),
                InfoReader.text(info.path("cluster"), "name"),
                InfoReader.leader(info, before.leader()),
                InfoReader.replicas(info),
                InfoReader.migration(info),
                InfoReader.mirror(info),
                InfoReader.sources(info),
                null,
                null);
    }
}
