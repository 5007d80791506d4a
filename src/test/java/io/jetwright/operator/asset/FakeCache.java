package io.jetwright.operator.asset;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The resources that the API server has, as an informer's cache shows them. */
public final class FakeCache<R extends HasMetadata> implements IndexerResourceCache<R> {
    private final Map<ResourceID, R> resources = new LinkedHashMap<>();
    private final Map<String, Function<R, List<String>>> indexers = new HashMap<>();

    private boolean isStarted = true;

    /** From now on it fails as that of an event source does which is not started yet. */
    void stop() {
        isStarted = false;
    }

    public R put(R resource) {
        resources.put(ResourceID.fromResource(resource), resource);
        return resource;
    }

    public void remove(R resource) {
        resources.remove(ResourceID.fromResource(resource));
    }

    @Override
    public void addIndexers(Map<String, Function<R, List<String>>> more) {
        indexers.putAll(more);
    }

    @Override
    public List<R> byIndex(String index, String key) {
        requireStarted();
        Function<R, List<String>> indexer = indexers.get(index);
        if (indexer == null) {
            throw new IllegalArgumentException("no index " + index);
        }
        return list(resource -> indexer.apply(resource).contains(key)).toList();
    }

    @Override
    public Optional<R> get(ResourceID id) {
        requireStarted();
        return Optional.ofNullable(resources.get(id));
    }

    private void requireStarted() {
        if (!isStarted) {
            throw new NullPointerException("temporaryResourceCache");
        }
    }

    @Override
    public Stream<ResourceID> keys() {
        return resources.keySet().stream();
    }

    @Override
    public Stream<R> list(Predicate<R> predicate) {
        return resources.values().stream().filter(predicate);
    }

    @Override
    public Stream<R> list(String namespace, Predicate<R> predicate) {
        return list(resource -> namespace.equals(resource.getMetadata().getNamespace()) && predicate.test(resource));
    }
}
