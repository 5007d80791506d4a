package io.jetwright.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jetwright.api.Connection;
import io.jetwright.api.Consumer;
import io.jetwright.api.EventLogger;
import io.jetwright.api.KeyValue;
import io.jetwright.api.ObjectStore;
import io.jetwright.api.Stream;
import io.jetwright.jetstream.Connections;
import io.jetwright.operator.asset.AssetParts;
import io.jetwright.operator.asset.BlockedResources;
import io.jetwright.operator.asset.Cluster;
import io.jetwright.operator.asset.ConsumerReconciler;
import io.jetwright.operator.asset.KeyValueReconciler;
import io.jetwright.operator.asset.MetricsReader;
import io.jetwright.operator.asset.ObjectStoreReconciler;
import io.jetwright.operator.asset.RelayHeartbeat;
import io.jetwright.operator.asset.StreamReconciler;
import io.jetwright.operator.asset.kind.Kinds;
import io.jetwright.operator.connection.ConnectionDirectory;
import io.jetwright.operator.connection.ConnectionReconciler;
import io.jetwright.operator.connection.ConnectionRoutes;
import io.jetwright.operator.connection.CredentialsOf;
import io.jetwright.operator.connection.Route;
import io.jetwright.operator.eventlogger.DisabledEventLoggerReconciler;
import io.jetwright.operator.eventlogger.EventLoggerReconciler;
import io.jetwright.operator.pods.AllowedImages;
import io.jetwright.operator.pods.PodImage;
import io.jetwright.operator.report.EventRecorder;
import io.jetwright.operator.report.Reporter;
import io.jetwright.operator.report.StatusWrites;
import io.jetwright.operator.run.Controllers;
import io.jetwright.operator.run.Leadership;
import io.jetwright.operator.run.Metrics;
import io.jetwright.operator.run.OperatorSettings;
import io.jetwright.operator.run.ScopeLease;
import io.jetwright.operator.run.Workplaces;
import io.jetwright.operator.wake.Again;
import io.jetwright.operator.wake.Hub;
import io.jetwright.process.InstallationSettings;
import io.jetwright.process.ManagementServer;
import io.jetwright.process.Preflight;
import io.jetwright.process.ProcessEnd;
import io.jetwright.status.Conditions;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator: wires the controllers to Kubernetes and NATS, and starts and stops them. */
public final class JetwrightOperator implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JetwrightOperator.class);

    /** Reconciliations at a time: more do not make a server faster, and each holds its JSON in memory. */
    private static final int CONCURRENCY = 16;

    private final OperatorSettings settings;
    private final InstallationSettings installation;
    private final Metrics metrics;
    private final Kinds kinds = new Kinds();
    private final Clock clock = Clock.systemUTC();
    private final ManagementServer managementServer;
    private final KubernetesClient client;
    private final ConnectionDirectory directory;
    private final ConnectionRoutes routes;
    private final Hub hub;
    private final Connections connections;
    private final Workplaces workplaces = new Workplaces(CONCURRENCY);
    private final EventRecorder events;
    private final Leadership leadership;
    private final ScopeLease scopeLease;
    private final RelayHeartbeat relay;
    private volatile @Nullable Controllers controllers;
    private volatile String unready = "not started yet";

    /**
     * Opens the management port and the connections; nothing is reconciled yet.
     *
     * @throws IllegalArgumentException if the port is taken, or the kubeconfig is none
     */
    public JetwrightOperator(OperatorSettings settings) {
        this.settings = settings;
        installation = settings.installation();
        metrics = new Metrics(settings.metricsMaxSeries());
        managementServer = new ManagementServer(
                installation.httpPort(), this::unready, (format, out) -> metrics.scrape(resources(), format, out));
        client = Preflight.client();
        directory = new ConnectionDirectory(client, installation.connectionNamespaces(), CredentialsOf.OPERATOR);
        routes = new ConnectionRoutes(
                client,
                directory,
                installation.defaultConnection(),
                installation.connectionResource().orElse(null),
                installation.connectionNamespaces());
        hub = new Hub(routes::keys);
        connections = new Connections(hub, metrics, workplaces);
        directory.listen((key, route) -> connections.retain(routes.needed()));
        directory.listen((key, route) -> hub.rerouted(key, isAwaited(route)));
        if (installation.connectionResource().isEmpty()) {
            connections.get(installation.defaultConnection());
        }
        events = new EventRecorder(client, clock);
        leadership = new Leadership(client, installation.leaseNamespace(), installation.lease());
        scopeLease = new ScopeLease(
                client,
                installation.leaseNamespace(),
                installation.lease(),
                installation.namespaces(),
                settings.leaderElection() ? Optional.empty() : Optional.of(leadership.identity()),
                clock,
                ProcessEnd::because);
        relay = new RelayHeartbeat(client, installation.leaseNamespace(), installation.lease(), clock);
    }

    /** Whether more is known soon, and told then. */
    private boolean isAwaited(@Nullable Route route) {
        return route instanceof Route.Pending
                || (route instanceof Route.Open open
                        && connections.health(open.settings()).isConnecting());
    }

    /**
     * Starts to reconcile once no other operator works on the same namespaces, and returns when the caches are filled, or
     * when the operator is closed.
     *
     * @throws IllegalStateException if Kubernetes does not let us; the message says what to do
     */
    public void start() {
        var preflight = new Preflight(client, "the operator");
        String clusterId = installation.clusterId().orElseGet(preflight::clusterId);
        preflight.list(
                List.of(Stream.class, Consumer.class, KeyValue.class, ObjectStore.class), installation.namespaces());
        preflight.list(Connection.class, installation.connectionNamespaces());
        Optional<String> noEventLoggers = preflight.refusal(EventLogger.class, installation.namespaces());
        if (!scopeLease.acquire(this::waits)) {
            return;
        }
        directory.start(Controllers::endIfFailed);
        var again = new Again(settings.resync(), RandomGenerator.getDefault());
        var conditions = new Conditions(clock);
        var parts = new AssetParts(
                routes,
                connections,
                hub,
                kinds,
                new BlockedResources(kinds, routes::keys, clock),
                new Cluster(clusterId, installation.namespaces()),
                conditions,
                events,
                new StatusWrites(settings.statusWrites(), clock, metrics::status),
                metrics.readings(),
                again,
                relay,
                clock);
        var starting = new Controllers(
                client,
                workplaces,
                metrics,
                settings.leaderElection() ? Optional.of(leadership.configuration()) : Optional.empty());
        starting.register(
                new ConnectionReconciler(
                        directory,
                        connections::health,
                        kinds::using,
                        hub,
                        new Reporter<>(Connection::new, conditions, events),
                        again),
                installation.connectionNamespaces());
        starting.register(new StreamReconciler(parts), installation.namespaces());
        starting.register(new ConsumerReconciler(parts), installation.namespaces());
        starting.register(new KeyValueReconciler(parts), installation.namespaces());
        starting.register(new ObjectStoreReconciler(parts), installation.namespaces());
        noEventLoggers.ifPresentOrElse(
                refusal -> LOG.warn("There are no EventLoggers until the operator is started again: {}", refusal),
                () -> registerEventLoggers(starting, conditions));
        starting.start();
        kinds.areFilled();
        controllers = starting;
        var reader = new MetricsReader(kinds, routes::needed, routes::keys, connections::get, metrics.readings());
        settings.metricsInterval().ifPresent(interval -> metrics.renewReadings(interval, reader::read));
        LOG.info("Started; /livez, /readyz and /metrics are on port {}", managementServer.port());
    }

    private void registerEventLoggers(Controllers starting, Conditions conditions) {
        if (!settings.eventLoggers()) {
            starting.register(new DisabledEventLoggerReconciler(conditions, events), installation.namespaces());
            return;
        }
        Optional<PodImage> image = settings.image()
                .map(name -> new PodImage(name, settings.imagePullPolicy().orElse(null), settings.imagePullSecrets()));
        var reconciler = new EventLoggerReconciler(
                routes,
                hub,
                kinds::stream,
                image,
                new AllowedImages(settings.allowedImages()),
                conditions,
                events,
                client,
                installation.namespaces());
        kinds.addUsers(reconciler::using);
        starting.register(reconciler, installation.namespaces());
    }

    private java.util.stream.Stream<? extends HasMetadata> resources() {
        return Optional.ofNullable(controllers).stream().flatMap(Controllers::resources);
    }

    private void waits(String other) {
        String reason = "not started: " + other;
        if (!reason.equals(unready)) {
            unready = reason;
            LOG.warn("The operator is {}", reason);
        }
    }

    /** Why it is not ready; empty if it is. */
    private Optional<String> unready() {
        Controllers started = controllers;
        return started != null && started.isStarted() ? Optional.empty() : Optional.of(unready);
    }

    /** Finishes what is under way, for a few seconds at most, and lets go of everything. */
    @Override
    public void close() {
        Controllers started = controllers;
        controllers = null;
        if (started != null) {
            leadership.end();
            started.stop();
            if (settings.leaderElection()) {
                leadership.giveBack();
            }
        }
        metrics.close();
        scopeLease.close();
        relay.close();
        events.close();
        directory.close();
        routes.close();
        connections.close();
        managementServer.close();
        client.close();
    }
}
