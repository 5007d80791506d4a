package io.jetwright.world;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.jetwright.api.Asset;
import io.jetwright.api.AssetSpec;
import io.jetwright.api.AssetStatus;
import io.jetwright.api.Consumer;
import io.jetwright.api.JetwrightResource;
import io.jetwright.api.KeyValue;
import io.jetwright.api.Stream;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The resources that an API server has, with their generations, versions and finalizers. What it hands out are copies. Specs and
 * statuses are never changed, and so shared.
 */
final class ModelApiServer {
    private final Clock clock;
    private final Map<ResourceKey, Asset<?, ?>> resources = new TreeMap<>();
    private final List<BiConsumer<Asset<?, ?>, Boolean>> watches = new ArrayList<>();
    private long version;

    /** Which resource: kinds of a name are different ones. */
    record ResourceKey(String kind, String namespace, String name) implements Comparable<ResourceKey> {
        static ResourceKey of(Asset<?, ?> resource) {
            return new ResourceKey(
                    resource.getKind(),
                    resource.getMetadata().getNamespace(),
                    resource.getMetadata().getName());
        }

        Class<?> type() {
            return switch (kind) {
                case "Stream" -> Stream.class;
                case "Consumer" -> Consumer.class;
                default -> KeyValue.class;
            };
        }

        ResourceID id() {
            return new ResourceID(name, namespace);
        }

        @Override
        public int compareTo(ResourceKey other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return kind + " " + namespace + "/" + name;
        }
    }

    ModelApiServer(Clock clock) {
        this.clock = clock;
    }

    /** Called with each resource that changes, as it is then, and whether it is gone. */
    void watch(BiConsumer<Asset<?, ?>, Boolean> watch) {
        watches.add(watch);
    }

    @Nullable
    Asset<?, ?> get(ResourceKey key) {
        Asset<?, ?> found = resources.get(key);
        return found == null ? null : copy(found);
    }

    List<Asset<?, ?>> all() {
        return resources.values().stream()
                .<Asset<?, ?>>map(ModelApiServer::copy)
                .toList();
    }

    static long version(Asset<?, ?> resource) {
        return Long.parseLong(resource.getMetadata().getResourceVersion());
    }

    @SuppressWarnings("unchecked")
    private static Asset<?, ?> copy(Asset<?, ?> resource) {
        var of = (Asset<AssetSpec, AssetStatus>) resource;
        Asset<AssetSpec, AssetStatus> copy = empty(resource.getClass());
        copy.setMetadata(new ObjectMetaBuilder(of.getMetadata()).build());
        copy.setSpec(of.getSpec());
        copy.setStatus(of.getStatus());
        return copy;
    }

    @SuppressWarnings("unchecked") // a resource takes the spec and status of its own kind alone, which callers have
    private static Asset<AssetSpec, AssetStatus> empty(Class<?> type) {
        Asset<?, ?> empty =
                type == Stream.class ? new Stream() : type == Consumer.class ? new Consumer() : new KeyValue();
        return (Asset<AssetSpec, AssetStatus>) empty;
    }

    /** Creates a resource, or gives it another spec; has no effect on one that is being deleted. */
    @SuppressWarnings("unchecked")
    void apply(ResourceKey key, AssetSpec spec) {
        var known = (Asset<AssetSpec, AssetStatus>) get(key);
        if (known == null) {
            known = empty(key.type());
            known.setMetadata(new ObjectMetaBuilder()
                    .withNamespace(key.namespace())
                    .withName(key.name())
                    .withUid("uid-" + version)
                    .withGeneration(1L)
                    .withCreationTimestamp(
                            clock.instant().truncatedTo(ChronoUnit.SECONDS).toString())
                    .build());
            known.setSpec(spec);
            store(key, known);
        } else if (!known.isMarkedForDeletion() && !known.getSpec().equals(spec)) {
            known.setSpec(spec);
            known.getMetadata().setGeneration(known.getMetadata().getGeneration() + 1);
            store(key, known);
        }
    }

    void delete(ResourceKey key) {
        Asset<?, ?> known = get(key);
        if (known == null || known.isMarkedForDeletion()) {
            return;
        }
        if (known.getFinalizers().isEmpty()) {
            remove(key, known);
        } else {
            known.getMetadata()
                    .setDeletionTimestamp(
                            clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
            known.getMetadata().setGeneration(known.getMetadata().getGeneration() + 1);
            store(key, known);
        }
    }

    private void remove(ResourceKey key, Asset<?, ?> known) {
        resources.remove(key);
        known.getMetadata().setResourceVersion(String.valueOf(++version));
        watches.forEach(watch -> watch.accept(copy(known), true));
    }

    private Asset<?, ?> store(ResourceKey key, Asset<?, ?> resource) {
        resource.getMetadata().setResourceVersion(String.valueOf(++version));
        resources.put(key, resource);
        watches.forEach(watch -> watch.accept(copy(resource), false));
        return copy(resource);
    }

    /** Adds our finalizer in the place of this version. */
    Asset<?, ?> addFinalizer(Asset<?, ?> seen) {
        Asset<?, ?> current = unchanged(seen);
        current.addFinalizer(JetwrightResource.FINALIZER);
        return store(ResourceKey.of(seen), current);
    }

    /** Removes our finalizer in the place of this version, which ends a resource that is being deleted. */
    void removeFinalizer(Asset<?, ?> seen) {
        Asset<?, ?> current = unchanged(seen);
        current.removeFinalizer(JetwrightResource.FINALIZER);
        if (current.isMarkedForDeletion()) {
            remove(ResourceKey.of(seen), current);
        } else {
            store(ResourceKey.of(seen), current);
        }
    }

    private Asset<?, ?> unchanged(Asset<?, ?> seen) {
        Asset<?, ?> current = get(ResourceKey.of(seen));
        if (current == null) {
            throw failure("not found", HttpURLConnection.HTTP_NOT_FOUND);
        }
        if (version(current) != version(seen)) {
            throw failure("changed meanwhile", HttpURLConnection.HTTP_CONFLICT);
        }
        return current;
    }

    /** Applies a status; returns the resource with it, or null if there is none. A status that is as it was is no change. */
    @SuppressWarnings("unchecked")
    @Nullable
    Asset<?, ?> patchStatus(ResourceKey key, AssetStatus status) {
        var current = (Asset<AssetSpec, AssetStatus>) get(key);
        if (current == null || Objects.equals(current.getStatus(), status)) {
            return current;
        }
        current.setStatus(status);
        return store(key, current);
    }

    static KubernetesClientException failure(String message, int code) {
        return new KubernetesClientException(message, code, null);
    }
}
