package io.jetwright.operator.asset.kind;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Condition;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.jetwright.api.Drift;
import io.jetwright.api.KeyValue;
import io.jetwright.api.KeyValueSpec;
import io.jetwright.api.KeyValueStatus;
import io.jetwright.operator.connection.Routes;
import io.jetwright.plan.AssetName.StreamName;
import io.jetwright.plan.Buckets;
import io.jetwright.plan.Mapping;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Key-value buckets. */
public final class KeyValueKind extends BucketKind<KeyValue, KeyValueSpec, KeyValueStatus> {
    public KeyValueKind(Routes routes, IndexerResourceCache<KeyValue> cache) {
        super(routes, cache);
    }

    @Override
    public StreamName streamOf(String bucket) {
        return Buckets.keyValue(bucket);
    }

    @Override
    public Class<KeyValue> type() {
        return KeyValue.class;
    }

    @Override
    public Mapping<KeyValueSpec> mapping() {
        return Mapping.KEY_VALUE;
    }

    @Override
    public KeyValue withStatus(KeyValueStatus status) {
        var resource = new KeyValue();
        resource.setStatus(status);
        return resource;
    }

    @Override
    public KeyValueStatus nothing() {
        return KeyValueStatus.NOTHING;
    }

    @Override
    public KeyValueStatus with(
            KeyValueStatus known, @Nullable Long generation, List<Condition> conditions, @Nullable List<Drift> drift) {
        return known.with(generation, conditions, drift);
    }

    @Override
    public KeyValueStatus read(Sight.Seen seen, KeyValueStatus before) {
        JsonNode info = seen.live().info();
        JsonNode state = info.path("state");
        return new KeyValueStatus(
                null,
                null,
                Buckets.of(new StreamName(seen.name().stream())),
                seen.name().stream(),
                Info.text(info, "created"),
                state.path("messages").asLong(),
                state.path("num_subjects").asLong(),
                state.path("bytes").asLong(),
                info.path("config").path("max_msgs_per_subject").asLong(),
                ttl(info),
                Info.time(state, "last_ts"),
                Info.text(info.path("cluster"), "name"),
                Info.text(info.path("cluster"), "leader"),
                Info.replicas(info),
                Info.mirror(info),
                Info.sources(info),
                null);
    }
}
