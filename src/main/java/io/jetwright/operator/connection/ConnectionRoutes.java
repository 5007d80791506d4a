package io.jetwright.operator.connection;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jetwright.api.Connection;
import io.jetwright.api.ConnectionReference;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.status.Reason;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The routes over the Connections of a {@link ConnectionDirectory}, as far as these admit the resource's namespace. */
public final class ConnectionRoutes implements Routes, AutoCloseable {
    private final KubernetesClient client;
    private final ConnectionDirectory directory;
    private final ConnectionSettings fallback;
    private final @Nullable ConnectionReference standard;
    private final Set<String> namespaces;
    private @Nullable PermittedInformer<Namespace> labels;

    /**
     * Routes.
     *
     * @param fallback for resources that name no Connection, when there is no default one
     * @param standard the default Connection, with its namespace; null for none
     * @param namespaces those whose Connections are watched; empty for all
     */
    public ConnectionRoutes(
            KubernetesClient client,
            ConnectionDirectory directory,
            ConnectionSettings fallback,
            @Nullable ConnectionReference standard,
            Set<String> namespaces) {
        this.client = client;
        this.directory = directory;
        this.fallback = fallback;
        this.standard = standard;
        this.namespaces = Set.copyOf(namespaces);
    }

    @Override
    public Route to(String namespace, @Nullable ConnectionReference reference) {
        ConnectionReference used = reference == null ? standard : reference;
        if (used == null) {
            return new Route.Open(fallback);
        }
        String target = Objects.requireNonNullElse(used.namespace(), namespace);
        String key = Routes.key(target, used.name());
        Optional<Connection> connection = directory.find(key);
        if (connection.isEmpty()) {
            return new Route.Closed(
                    Reason.CONNECTION_NOT_FOUND, missing(target, used.name(), creation(reference == null)));
        }
        if (isStandard(target, used.name())) {
            return directory.route(key);
        }
        return Admission.obstacle(connection.get(), namespace, this::labels).orElseGet(() -> directory.route(key));
    }

    private static String creation(boolean isDefault) {
        return "create it, or "
                + (isDefault
                        ? "correct the operator's DEFAULT_CONNECTION, or name another one in spec.connectionRef"
                        : "correct spec.connectionRef");
    }

    private String missing(String namespace, String name, String cure) {
        return namespaces.isEmpty() || namespaces.contains(namespace)
                ? "there is no Connection %s in namespace %s: %s".formatted(name, namespace, cure)
                : "the operator does not watch namespace %s, where the Connection %s should be: add it to WATCH_NAMESPACES"
                        .formatted(namespace, name);
    }

    private boolean isStandard(String namespace, String name) {
        return standard != null && name.equals(standard.name()) && namespace.equals(standard.namespace());
    }

    @Override
    public Optional<Connection> connection(String namespace, @Nullable ConnectionReference reference) {
        return directory.find(key(namespace, reference));
    }

    @Override
    public Route lastKnown(String key) {
        if (key.equals(OPERATORS_OWN)) {
            return new Route.Open(fallback);
        }
        return directory.lastKnown(key).<Route>map(Route.Open::new).orElseGet(() -> now(key));
    }

    private Route now(String key) {
        String[] parts = key.split("/", 2);
        return directory.find(key).isPresent()
                ? directory.route(key)
                : new Route.Closed(Reason.CONNECTION_NOT_FOUND, missing(parts[0], parts[1], "create it again"));
    }

    @Override
    public String key(String namespace, @Nullable ConnectionReference reference) {
        ConnectionReference used = reference == null ? standard : reference;
        return used == null
                ? OPERATORS_OWN
                : Routes.key(Objects.requireNonNullElse(used.namespace(), namespace), used.name());
    }

    /** The keys of the Connections that come to these settings now; with that of resources which use none. */
    public Stream<String> keys(ConnectionSettings settings) {
        Stream<String> ofConnections = directory
                .settings()
                .filter(each -> each.getValue().equals(settings))
                .map(Map.Entry::getKey);
        return settings.equals(fallback) ? Stream.concat(Stream.of(OPERATORS_OWN), ofConnections) : ofConnections;
    }

    /** The settings of all connections that are to be kept. */
    public Set<ConnectionSettings> needed() {
        return Stream.concat(Stream.of(fallback), directory.settings().map(Map.Entry::getValue))
                .collect(Collectors.toUnmodifiableSet());
    }

    private synchronized NamespaceLabels labels(String namespace) {
        if (labels == null) {
            labels = new PermittedInformer<>(
                    () -> client.namespaces().runnableInformer(0),
                    "list namespaces",
                    new PermittedInformer.Listener<>() {
                        @Override
                        public void known() {
                            directory.namespacesKnown();
                        }

                        @Override
                        public void changed(@Nullable Namespace before, @Nullable Namespace after) {
                            directory.namespaceChanged(labels(before), labels(after));
                        }
                    },
                    PermittedInformer.LATER);
        }
        return switch (labels.state()) {
            case PermittedInformer.State.Unread<Namespace> unread -> new NamespaceLabels.Unread();
            case PermittedInformer.State.Forbidden<Namespace> forbidden ->
                new NamespaceLabels.Forbidden("list namespaces");
            case PermittedInformer.State.Seen<Namespace> seen ->
                new NamespaceLabels.Known(labels(seen.find(namespace).orElse(null)));
        };
    }

    /** None for a namespace that does not exist. */
    private static Map<String, String> labels(@Nullable Namespace namespace) {
        return namespace == null
                ? Map.of()
                : Objects.requireNonNullElse(namespace.getMetadata().getLabels(), Map.of());
    }

    @Override
    public synchronized void close() {
        if (labels != null) {
            labels.close();
        }
    }
}
