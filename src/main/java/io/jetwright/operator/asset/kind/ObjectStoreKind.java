package io.jetwright.operator.asset.kind;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Condition;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.jetwright.api.Drift;
import io.jetwright.api.ObjectStore;
import io.jetwright.api.ObjectStoreSpec;
import io.jetwright.api.ObjectStoreStatus;
import io.jetwright.operator.connection.Routes;
import io.jetwright.plan.AssetName.StreamName;
import io.jetwright.plan.Buckets;
import io.jetwright.plan.Mapping;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Object stores. */
public final class ObjectStoreKind extends BucketKind<ObjectStore, ObjectStoreSpec, ObjectStoreStatus> {
    public ObjectStoreKind(Routes routes, IndexerResourceCache<ObjectStore> cache) {
        super(routes, cache);
    }

    @Override
    public StreamName streamOf(String bucket) {
        return Buckets.objectStore(bucket);
    }

    @Override
    public Class<ObjectStore> type() {
        return ObjectStore.class;
    }

    @Override
    public Mapping<ObjectStoreSpec> mapping() {
        return Mapping.OBJECT_STORE;
    }

    @Override
    public ObjectStore withStatus(ObjectStoreStatus status) {
        var resource = new ObjectStore();
        resource.setStatus(status);
        return resource;
    }

    @Override
    public ObjectStoreStatus nothing() {
        return ObjectStoreStatus.NOTHING;
    }

    @Override
    public ObjectStoreStatus with(
            ObjectStoreStatus known,
            @Nullable Long generation,
            List<Condition> conditions,
            @Nullable List<Drift> drift) {
        return known.with(generation, conditions, drift);
    }

    @Override
    public ObjectStoreStatus read(Sight.Seen seen, ObjectStoreStatus before) {
        JsonNode info = seen.live().info();
        JsonNode state = info.path("state");
        return new ObjectStoreStatus(
                null,
                null,
                Buckets.of(new StreamName(seen.name().stream())),
                seen.name().stream(),
                Info.text(info, "created"),
                objects(info, before),
                state.path("bytes").asLong(),
                ttl(info),
                Info.time(state, "last_ts"),
                Info.text(info.path("cluster"), "name"),
                Info.text(info.path("cluster"), "leader"),
                Info.replicas(info),
                null);
    }

    /** How many there are is told by the answer to a read only, as the number of subjects that were asked for. */
    private static @Nullable Long objects(JsonNode info, ObjectStoreStatus before) {
        if (info.path("state").path("messages").asLong() == 0) {
            return 0L;
        }
        return info.has("total") ? Long.valueOf(info.path("total").asLong()) : before.objects();
    }
}
