package io.jetwright.relay;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.jetwright.api.Consumer;
import io.jetwright.api.Stream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The Consumers and Streams of the watched namespaces, kept current by informers. */
public final class RelayResources implements AutoCloseable {
    private final KubernetesClient client;
    private final Set<String> namespaces;
    private final List<SharedIndexInformer<Consumer>> consumers = new ArrayList<>();
    private final List<SharedIndexInformer<Stream>> streams = new ArrayList<>();

    /**
     * None yet.
     *
     * @param namespaces those to watch; empty for all
     */
    public RelayResources(KubernetesClient client, Set<String> namespaces) {
        this.client = client;
        this.namespaces = Set.copyOf(namespaces);
    }

    /**
     * Begins to watch, and returns when all are known.
     *
     * @param changed called when one has changed, on the threads of informers; must not block
     * @param ended called when a watch has ended for good
     */
    void start(Runnable changed, java.util.function.Consumer<Throwable> ended) {
        consumers.addAll(watch(Consumer.class, changed, ended));
        streams.addAll(watch(Stream.class, changed, ended));
    }

    private <R extends HasMetadata> List<SharedIndexInformer<R>> watch(
            Class<R> kind, Runnable changed, java.util.function.Consumer<Throwable> ended) {
        List<SharedIndexInformer<R>> informers = new ArrayList<>();
        if (namespaces.isEmpty()) {
            informers.add(client.resources(kind).inAnyNamespace().runnableInformer(0));
        }
        for (String namespace : namespaces) {
            informers.add(client.resources(kind).inNamespace(namespace).runnableInformer(0));
        }
        for (SharedIndexInformer<R> informer : informers) {
            informer.addEventHandler(new Handler<>(changed));
            informer.stopped().whenComplete((nothing, failure) -> {
                if (failure != null) {
                    ended.accept(failure);
                }
            });
            informer.start().toCompletableFuture().join();
        }
        return informers;
    }

    /** All Consumers. */
    public List<Consumer> consumers() {
        return all(consumers);
    }

    /** All Streams. */
    public List<Stream> streams() {
        return all(streams);
    }

    /** The Consumer of this name. */
    public Optional<Consumer> consumer(String namespace, String name) {
        return find(consumers, namespace, name);
    }

    /** The Stream of this name. */
    public Optional<Stream> stream(String namespace, String name) {
        return find(streams, namespace, name);
    }

    private static <R> List<R> all(List<SharedIndexInformer<R>> informers) {
        return informers.stream()
                .flatMap(informer -> informer.getStore().list().stream())
                .toList();
    }

    private static <R> Optional<R> find(List<SharedIndexInformer<R>> informers, String namespace, String name) {
        return informers.stream()
                .map(informer -> informer.getStore().getByKey(Cache.namespaceKeyFunc(namespace, name)))
                .filter(Objects::nonNull)
                .findFirst();
    }

    @Override
    public void close() {
        consumers.forEach(SharedIndexInformer::stop);
        streams.forEach(SharedIndexInformer::stop);
    }

    private record Handler<R>(Runnable changed) implements ResourceEventHandler<R> {
        @Override
        public void onAdd(R resource) {
            changed.run();
        }

        @Override
        public void onUpdate(R before, R after) {
            changed.run();
        }

        @Override
        public void onDelete(R resource, boolean isFinalStateUnknown) {
            changed.run();
        }
    }
}
