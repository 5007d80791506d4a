package io.jetwright.operator.connection;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.jetwright.api.AllowedNamespaces;
import io.jetwright.api.Connection;
import io.jetwright.nats.ConnectionSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The Connection resources, and what each of them comes to with its Secrets, kept current by informers. It is computed when
 * one of them changes, and not when somebody asks.
 */
public final class ConnectionDirectory implements AutoCloseable {
    private final KubernetesClient client;
    private final Set<String> namespaces;
    private final CredentialsOf process;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final List<SharedIndexInformer<Connection>> informers = new ArrayList<>();
    private final Map<String, Connection> connections = new ConcurrentHashMap<>();
    private final Map<String, Route> routes = new ConcurrentHashMap<>();
    private final Map<String, ConnectionSettings> lastKnown = new ConcurrentHashMap<>();
    private final SecretInformers secrets;

    /** Is told of changes, on the threads of informers; must not block. */
    @FunctionalInterface
    public interface Listener {
        /**
         * A Connection, or what it comes to, has changed.
         *
         * @param key the Connection's; see {@link Routes}
         * @param route what it comes to now; null when it was deleted
         */
        void changed(String key, @Nullable Route route);
    }

    /**
     * An empty directory, which watches nothing yet.
     *
     * @param namespaces those whose Connections are watched; empty for all
     * @param process whose credentials the Connections come to
     */
    public ConnectionDirectory(KubernetesClient client, Set<String> namespaces, CredentialsOf process) {
        this(client, namespaces, process, PermittedInformer.LATER);
    }

    /** The same, with what runs the next attempt to read a Secret after one was forbidden. */
    ConnectionDirectory(KubernetesClient client, Set<String> namespaces, CredentialsOf process, Executor later) {
        this.client = client;
        this.namespaces = Set.copyOf(namespaces);
        this.process = process;
        this.secrets = new SecretInformers(client, this::secretChanged, later);
    }

    /** Adds a listener; the first that was added is told first. */
    public void listen(Listener listener) {
        listeners.add(listener);
    }

    /**
     * Begins to watch, and returns when all Connections are known.
     *
     * @param ended called when a watch has ended for good
     */
    public void start(Consumer<Throwable> ended) {
        if (namespaces.isEmpty()) {
            informers.add(client.resources(Connection.class).inAnyNamespace().runnableInformer(0));
        }
        for (String namespace : namespaces) {
            informers.add(
                    client.resources(Connection.class).inNamespace(namespace).runnableInformer(0));
        }
        for (SharedIndexInformer<Connection> informer : informers) {
            informer.addEventHandler(new Handler(informer));
            informer.stopped().whenComplete((nothing, failure) -> {
                if (failure != null) {
                    ended.accept(failure);
                }
            });
            informer.start().toCompletableFuture().join();
            informer.getStore().list().forEach(connection -> refresh(informer, connection));
        }
    }

    /** What this very Connection comes to; {@link Route.Pending} if it was changed only just now. */
    Route own(Connection connection) {
        String key = Routes.key(connection);
        Connection known = connections.get(key);
        return known != null && known.getSpec().equals(connection.getSpec()) ? route(key) : new Route.Pending();
    }

    /** The Connection with this key. */
    public Optional<Connection> find(String key) {
        return Optional.ofNullable(connections.get(key));
    }

    /** What the Connection with this key comes to. */
    Route route(String key) {
        return routes.getOrDefault(key, new Route.Pending());
    }

    /** The settings that the Connection with this key last came to, even if a Secret of it is gone. */
    Optional<ConnectionSettings> lastKnown(String key) {
        return Optional.ofNullable(lastKnown.get(key));
    }

    /** The settings that Connections come to now, by the keys of these. */
    Stream<Map.Entry<String, ConnectionSettings>> settings() {
        return routes.entrySet().stream()
                .flatMap(each -> each.getValue() instanceof Route.Open open
                        ? Stream.of(Map.entry(each.getKey(), open.settings()))
                        : Stream.empty());
    }

    /** Tells of all Connections whose users depend on the labels of namespaces, of which nothing was known before. */
    void namespacesKnown() {
        tellSelecting(selector -> true);
    }

    /**
     * Tells of the Connections that a namespace may use now and could not before, or the other way round.
     *
     * @param before its labels; none if there was no such namespace
     * @param after its labels; none if there is no such namespace any more
     */
    void namespaceChanged(Map<String, String> before, Map<String, String> after) {
        tellSelecting(selector -> Admission.matches(selector, before) != Admission.matches(selector, after));
    }

    private void tellSelecting(Predicate<LabelSelector> concerned) {
        connections.values().stream()
                .filter(connection -> Optional.ofNullable(connection.getSpec().allowedNamespaces())
                        .map(AllowedNamespaces::selector)
                        .filter(concerned)
                        .isPresent())
                .forEach(connection -> tell(Routes.key(connection)));
    }

    /**
     * Takes over what the informer has of a Connection now. Not what an event or a list says: the start goes through its list while
     * events already come, and may come to a Connection that was changed or deleted since.
     */
    private void refresh(SharedIndexInformer<Connection> informer, Connection named) {
        if (changes(Routes.key(named), informer.getStore().getByKey(Cache.metaNamespaceKeyFunc(named)))) {
            tell(Routes.key(named));
        }
    }

    private synchronized boolean changes(String key, @Nullable Connection now) {
        Connection before = now == null ? connections.remove(key) : connections.put(key, now);
        if (now == null) {
            routes.remove(key);
            lastKnown.remove(key);
            watchSecrets();
            return true;
        }
        if (before != null && before.getSpec().equals(now.getSpec())) {
            return false;
        }
        watchSecrets();
        resolve(key);
        return true;
    }

    private synchronized void watchSecrets() {
        Set<ResourceID> needed = new HashSet<>();
        connections.values().forEach(connection -> secretsOf(connection).forEach(needed::add));
        secrets.watch(needed);
    }

    private List<ResourceID> secretsOf(Connection connection) {
        return ConnectionResolver.secretsOf(connection, process).stream()
                .map(name -> new ResourceID(name, connection.getMetadata().getNamespace()))
                .toList();
    }

    private void secretChanged(ResourceID secret) {
        connections.forEach((key, connection) -> {
            if (secretsOf(connection).contains(secret) && resolve(key)) {
                tell(key);
            }
        });
    }

    /** Whether the Connection comes to something else than before. */
    private synchronized boolean resolve(String key) {
        Connection current = connections.get(key);
        if (current == null) {
            return false;
        }
        Route route = ConnectionResolver.resolve(
                current,
                process,
                name -> secrets.read(new ResourceID(name, current.getMetadata().getNamespace())));
        if (route instanceof Route.Open open) {
            lastKnown.put(key, open.settings());
        }
        return !route.equals(routes.put(key, route));
    }

    private void tell(String key) {
        Route route = connections.containsKey(key) ? route(key) : null;
        listeners.forEach(listener -> listener.changed(key, route));
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::stop);
        secrets.close();
    }

    private final class Handler implements ResourceEventHandler<Connection> {
        private final SharedIndexInformer<Connection> informer;

        Handler(SharedIndexInformer<Connection> informer) {
            this.informer = informer;
        }

        @Override
        public void onAdd(Connection connection) {
            refresh(informer, connection);
        }

        @Override
        public void onUpdate(Connection before, Connection after) {
            refresh(informer, after);
        }

        @Override
        public void onDelete(Connection connection, boolean finalStateUnknown) {
            refresh(informer, connection);
        }
    }
}
