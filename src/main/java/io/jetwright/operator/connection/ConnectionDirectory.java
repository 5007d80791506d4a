package io.jetwright.operator.connection;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.jetwright.api.Connection;
import io.jetwright.api.ConnectionReference;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.status.Reason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The Connections that there are, with the settings that they come to, kept up to date by watches. */
public final class ConnectionDirectory implements Routes, AutoCloseable {
    private final KubernetesClient client;
    private final ConnectionSettings fallback;
    private final @Nullable ConnectionReference standard;
    private final Set<String> namespaces;
    private final Consumer<Set<ConnectionSettings>> retain;
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private final List<SharedIndexInformer<Connection>> informers = new ArrayList<>();
    private final Map<String, Connection> connections = new ConcurrentHashMap<>();
    private final Map<String, Route> routes = new ConcurrentHashMap<>();
    private final Map<String, ConnectionSettings> lastKnown = new ConcurrentHashMap<>();
    private final SecretWatches secrets;
    private @Nullable Watch<Namespace> labels;

    /**
     * An empty one, that watches nothing yet.
     *
     * @param fallback for resources that name no Connection, when there is no default one
     * @param standard the default Connection, with its namespace; null for none
     * @param namespaces those that are watched; empty for all
     * @param retain told which settings are needed, whenever that changes
     */
    public ConnectionDirectory(
            KubernetesClient client,
            ConnectionSettings fallback,
            @Nullable ConnectionReference standard,
            Set<String> namespaces,
            Consumer<Set<ConnectionSettings>> retain) {
        this.client = client;
        this.fallback = fallback;
        this.standard = standard;
        this.namespaces = new HashSet<>(namespaces);
        if (standard != null && standard.namespace() != null && !namespaces.isEmpty()) {
            this.namespaces.add(standard.namespace());
        }
        this.retain = retain;
        this.secrets = new SecretWatches(client, this::secretChanged);
    }

    /** The namespaces whose Connections are watched; empty for all. */
    public Set<String> namespaces() {
        return Set.copyOf(namespaces);
    }

    /** Has the listener told of each Connection, by its key, for which something has changed. */
    public void listen(Consumer<String> listener) {
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
            informer.addEventHandler(new Handler());
            informer.stopped().whenComplete((nothing, failure) -> {
                if (failure != null) {
                    ended.accept(failure);
                }
            });
            informer.start().toCompletableFuture().join();
            informer.getStore().list().forEach(this::put);
        }
    }

    /** What this very Connection comes to; not yet known if it was only just changed. */
    public Route own(Connection connection) {
        Connection known = connections.get(keyOf(connection));
        return known != null && known.getSpec().equals(connection.getSpec())
                ? routes.getOrDefault(keyOf(connection), new Route.Coming())
                : new Route.Coming();
    }

    @Override
    public Route to(String namespace, @Nullable ConnectionReference reference) {
        ConnectionReference used = reference == null ? standard : reference;
        if (used == null) {
            return new Route.Open(fallback);
        }
        String target = Objects.requireNonNullElse(used.namespace(), namespace);
        Connection connection = connections.get(Routes.key(target, used.name()));
        if (connection == null) {
            return new Route.Closed(Reason.CONNECTION_NOT_FOUND, missing(target, used.name(), reference == null));
        }
        if (isStandard(target, used.name())) {
            return routeOf(target, used.name());
        }
        return Admission.obstacle(connection, namespace, this::labels).orElseGet(() -> routeOf(target, used.name()));
    }

    private String missing(String namespace, String name, boolean isDefault) {
        if (!namespaces.isEmpty() && !namespaces.contains(namespace)) {
            return "the operator does not watch namespace %s, where the Connection %s should be: add it to WATCH_NAMESPACES"
                    .formatted(namespace, name);
        }
        return "there is no Connection %s in namespace %s: create it, or %s"
                .formatted(
                        name,
                        namespace,
                        isDefault
                                ? "correct the operator's DEFAULT_CONNECTION, or name another one in spec.connectionRef"
                                : "correct spec.connectionRef");
    }

    private Route routeOf(String namespace, String name) {
        return routes.getOrDefault(Routes.key(namespace, name), new Route.Coming());
    }

    private boolean isStandard(String namespace, String name) {
        return standard != null && name.equals(standard.name()) && namespace.equals(standard.namespace());
    }

    @Override
    public Optional<Connection> connection(String namespace, @Nullable ConnectionReference reference) {
        return Optional.ofNullable(connections.get(key(namespace, reference)));
    }

    @Override
    public Optional<ConnectionSettings> lastKnown(String namespace, @Nullable ConnectionReference reference) {
        String key = key(namespace, reference);
        return key.isEmpty() ? Optional.of(fallback) : Optional.ofNullable(lastKnown.get(key));
    }

    @Override
    public String key(String namespace, @Nullable ConnectionReference reference) {
        ConnectionReference used = reference == null ? standard : reference;
        return used == null ? "" : Routes.key(Objects.requireNonNullElse(used.namespace(), namespace), used.name());
    }

    private synchronized NamespaceLabels labels(String namespace) {
        if (labels == null) {
            labels = new Watch<>(
                    () -> client.namespaces().runnableInformer(0), "list namespaces", this::namespacesChanged);
        }
        return switch (labels.state()) {
            case Watch.State.Unread<Namespace> unread -> new NamespaceLabels.Unread();
            case Watch.State.Forbidden<Namespace> forbidden -> new NamespaceLabels.Forbidden("list namespaces");
            case Watch.State.Seen<Namespace> seen ->
                new NamespaceLabels.Known(seen.find(namespace)
                        .map(each -> each.getMetadata().getLabels())
                        .orElse(Map.of()));
        };
    }

    private void namespacesChanged() {
        connections.values().stream()
                .filter(connection -> connection.getSpec().allowedNamespaces() != null
                        && connection.getSpec().allowedNamespaces().selector() != null)
                .forEach(connection -> tell(keyOf(connection)));
    }

    private static String keyOf(Connection connection) {
        return Routes.key(
                connection.getMetadata().getNamespace(),
                connection.getMetadata().getName());
    }

    private void put(Connection connection) {
        Connection before = connections.put(keyOf(connection), connection);
        if (before == null || !before.getSpec().equals(connection.getSpec())) {
            watchSecrets();
            resolve(connection);
            tell(keyOf(connection));
        }
    }

    private void remove(Connection connection) {
        String key = keyOf(connection);
        synchronized (this) {
            connections.remove(key);
            routes.remove(key);
            lastKnown.remove(key);
            watchSecrets();
            retainNeeded();
        }
        tell(key);
    }

    private synchronized void watchSecrets() {
        Set<ResourceID> needed = new HashSet<>();
        connections.values().forEach(connection -> secretsOf(connection).forEach(needed::add));
        secrets.watch(needed);
    }

    private static List<ResourceID> secretsOf(Connection connection) {
        return ConnectionResolver.secretsOf(connection).stream()
                .map(name -> new ResourceID(name, connection.getMetadata().getNamespace()))
                .toList();
    }

    private void secretChanged(ResourceID secret) {
        for (Connection connection : connections.values()) {
            if (secretsOf(connection).contains(secret) && resolve(connection)) {
                tell(keyOf(connection));
            }
        }
    }

    /** Whether the Connection comes to something else than before. */
    private boolean resolve(Connection connection) {
        String key = keyOf(connection);
        synchronized (this) {
            Connection current = connections.get(key);
            if (current == null) {
                return false;
            }
            Route route = ConnectionResolver.resolve(
                    current,
                    name -> secrets.read(
                            new ResourceID(name, current.getMetadata().getNamespace())));
            if (route.equals(routes.put(key, route))) {
                return false;
            }
            if (route instanceof Route.Open open) {
                lastKnown.put(key, open.settings());
            }
            retainNeeded();
            return true;
        }
    }

    private void retainNeeded() {
        Set<ConnectionSettings> needed = new HashSet<>(Set.of(fallback));
        for (Route route : routes.values()) {
            if (route instanceof Route.Open open) {
                needed.add(open.settings());
            }
        }
        retain.accept(needed);
    }

    private void tell(String key) {
        listeners.forEach(listener -> listener.accept(key));
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::stop);
        secrets.close();
        synchronized (this) {
            if (labels != null) {
                labels.close();
            }
        }
    }

    private final class Handler implements ResourceEventHandler<Connection> {
        @Override
        public void onAdd(Connection connection) {
            put(connection);
        }

        @Override
        public void onUpdate(Connection before, Connection after) {
            put(after);
        }

        @Override
        public void onDelete(Connection connection, boolean finalStateUnknown) {
            remove(connection);
        }
    }
}
