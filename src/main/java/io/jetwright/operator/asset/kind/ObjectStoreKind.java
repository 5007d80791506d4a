package io.jetwright.operator.asset.kind;

import com.fasterxml.jackson.databind.JsonNode;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.jetwright.api.ObjectStore;
import io.jetwright.api.ObjectStoreSpec;
import io.jetwright.api.ObjectStoreStatus;
import io.jetwright.operator.connection.Routes;
import io.jetwright.plan.AssetName.StreamName;
import io.jetwright.plan.Buckets;
import io.jetwright.plan.Mapping;
import io.jetwright.plan.Names;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Object stores. A change of a consumer does not concern them: each client that lists the objects makes one. */
public final class ObjectStoreKind {
    private ObjectStoreKind() {}

    /** The kind, with its resources in this cache. */
    public static Kind<ObjectStore, ObjectStoreSpec, ObjectStoreStatus> of(
            Routes routes, IndexerResourceCache<ObjectStore> cache) {
        return new Kind<>(
                ObjectStore.class,
                Mapping.OBJECT_STORE,
                new StreamNaming<>(routes, ObjectStoreKind::name),
                new View<>(
                        ObjectStore::new,
                        ObjectStoreStatus.NOTHING,
                        ObjectStoreKind::read,
                        gone -> ObjectStoreStatus.NOTHING,
                        UnaryOperator.identity(),
                        ObjectStoreStatus::with),
                new StreamIndex<>(routes, cache, ObjectStoreKind::name));
    }

    private static StreamName name(ObjectStore resource) {
        return Names.objectStore(resource.getSpec(), resource.getMetadata().getName());
    }

    private static ObjectStoreStatus read(Sight.Seen seen, ObjectStoreStatus before) {
        JsonNode info = seen.live().info();
        JsonNode state = info.path("state");
        return new ObjectStoreStatus(
                null,
                null,
                Buckets.of(new StreamName(seen.name().stream())),
                seen.name().stream(),
                seen.connection(),
                InfoReader.time(info, "ts"),
                InfoReader.text(info, "created"),
                objects(info, before),
                state.path("bytes").asLong(),
                InfoReader.ttl(info),
                InfoReader.storage(info),
                InfoReader.sealed(info),
                InfoReader.time(state, "last_ts"),
                InfoReader.text(info.path("cluster"), "name"),
                InfoReader.leader(info, before.leader()),
                InfoReader.replicas(info),
                InfoReader.migration(info),
                null,
                null);
    }

    /** Only the answer to a read counts the objects, as {@code total}; that to a create or an update does not. */
    private static @Nullable Long objects(JsonNode info, ObjectStoreStatus before) {
        if (info.path("state").path("messages").asLong() == 0) {
            return 0L;
        }
        return info.has("total") ? Long.valueOf(info.path("total").asLong()) : before.objects();
    }
}
