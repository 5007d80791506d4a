package io.jetwright.operator.report;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.jetwright.api.Asset;
import io.jetwright.api.AssetStatus;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The measurements of each resource as they were last read, which are newer than those of its status, since these are not
 * written each time. Safe for use by several threads.
 */
public final class Readings {
    private final Map<Key, Measurements> newest = new ConcurrentHashMap<>();

    private record Key(Class<?> kind, String namespace, String name) {
        static Key of(HasMetadata resource) {
            return new Key(
                    resource.getClass(),
                    resource.getMetadata().getNamespace(),
                    resource.getMetadata().getName());
        }
    }

    /** JetStream was read, and this is the status that it comes to. */
    public void read(Asset<?, ?> resource, AssetStatus status) {
        newest.put(Key.of(resource), Measurements.of(status));
    }

    /** The resource is gone, or what it declares. */
    public void forget(Asset<?, ?> resource) {
        newest.remove(Key.of(resource));
    }

    /** Forgets all other resources than these. */
    public void keep(Collection<? extends HasMetadata> resources) {
        Set<Key> kept = resources.stream().map(Key::of).collect(Collectors.toSet());
        newest.keySet().retainAll(kept);
    }

    /** The resource's status with the measurements that were last read; as it is if none were. Null before the first report. */
    public <T extends AssetStatus> @Nullable T newest(Asset<?, T> resource) {
        Measurements measurements = newest.get(Key.of(resource));
        T status = resource.getStatus();
        return measurements == null || status == null ? status : measurements.in(status);
    }

    /** How many resources there are readings of. */
    public int size() {
        return newest.size();
    }
}
