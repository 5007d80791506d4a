package io.jetwright.relay;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.jetwright.api.Connection;
import io.jetwright.api.Consumer;
import io.jetwright.api.Redrive;
import io.jetwright.api.Stream;
import io.jetwright.jetstream.NatsConnections;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.operator.connection.ConnectionDirectory;
import io.jetwright.operator.connection.ConnectionRoutes;
import io.jetwright.operator.connection.CredentialsOf;
import io.jetwright.operator.report.EventRecorder;
import io.jetwright.process.InstallationSettings;
import io.jetwright.process.ManagementServer;
import io.jetwright.process.Preflight;
import io.jetwright.process.ProcessEnd;
import io.jetwright.relay.redrive.RedriveParts;
import io.jetwright.relay.redrive.Redrives;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The relay of dead letters: wires its parts to Kubernetes and NATS, and starts and stops them. */
public final class DeadLetterRelay implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterRelay.class);

    private final RelaySettings settings;
    private final InstallationSettings installation;
    private final Clock clock = Clock.systemUTC();
    private final RelayMetrics metrics = new RelayMetrics();
    private final String identity = System.getenv().getOrDefault("HOSTNAME", "jetwright") + "_" + UUID.randomUUID();
    private final ManagementServer managementServer;
    private final KubernetesClient client;
    private final ConnectionDirectory directory;
    private final ConnectionRoutes routes;
    private final NatsConnections connections;
    private final RelayResources resources;
    private final EventRecorder events;
    private final Heartbeat heartbeat;
    private final Steps steps;
    private volatile @Nullable ConsumerRelays relays;
    private volatile @Nullable Redrives redrives;
    private volatile boolean isStarted;

    /**
     * Opens the management port; nothing is relayed yet.
     *
     * @throws IllegalArgumentException if the port is taken, or the kubeconfig is none
     */
    public DeadLetterRelay(RelaySettings settings) {
        this(settings, Steps.NONE);
    }

    /** The same, with somebody who is told of each step. */
    public DeadLetterRelay(RelaySettings settings, Steps steps) {
        this.settings = settings;
        installation = settings.installation();
        this.steps = steps;
        managementServer = new ManagementServer(installation.httpPort(), this::unready, metrics::scrape);
        client = Preflight.client();
        directory = new ConnectionDirectory(client, installation.connectionNamespaces(), CredentialsOf.RELAY);
        routes = new ConnectionRoutes(
                client,
                directory,
                installation.defaultConnection(),
                installation.connectionResource().orElse(null),
                installation.connectionNamespaces());
        connections = new NatsConnections(this::connectionChanged, metrics);
        if (installation.connectionResource().isEmpty()) {
            connections.get(installation.defaultConnection());
        }
        resources = new RelayResources(client, installation.namespaces());
        events = new EventRecorder(client, clock);
        metrics.gauge(
                "jetwright.dead.letters.waiting",
                "Messages that have died, and whose letter is not stored",
                this::waiting);
        metrics.gauge(
                "jetwright.dead.letters.oldest.waiting.seconds",
                "How long ago the first of them died; 0 for none",
                this::oldestWaiting);
        metrics.gauge(
                "jetwright.dead.letters.consumers", "Consumers whose dead letters are relayed", () -> states().count());
        metrics.gauge(
                "jetwright.dead.letters.consumers.failing",
                "Consumers whose dead letters cannot be stored for now",
                () -> states().filter(state -> state.problem() != null).count());
        metrics.gauge(
                "jetwright.dead.letters.redrives.running",
                "Redrives that have begun and not ended",
                () -> redrives(Redrives::running));
        metrics.gauge(
                "jetwright.dead.letters.redrives.waiting",
                "Redrives that have neither begun nor ended",
                () -> redrives(Redrives::waiting));
        heartbeat = new Heartbeat(client, installation.leaseNamespace(), installation.lease(), identity, clock);
    }

    /**
     * Starts to relay, and returns when the caches are filled.
     *
     * @throws IllegalStateException if Kubernetes does not let us; the message says what to do
     */
    public void start() {
        var preflight = new Preflight(client, CredentialsOf.RELAY.words());
        String cluster = installation.clusterId().orElseGet(preflight::clusterId);
        preflight.list(List.of(Stream.class, Consumer.class, Redrive.class), installation.namespaces());
        preflight.list(Connection.class, installation.connectionNamespaces());
        directory.start(DeadLetterRelay::endBecause);
        var parts = new RelayParts(
                client,
                routes,
                connections,
                resources,
                events,
                metrics,
                clock,
                identity,
                cluster + "/" + installation.leaseNamespace() + "/" + installation.lease());
        var starting = new ConsumerRelays(parts, directory, settings.captureStream(), routes::needed, steps);
        relays = starting;
        directory.listen((key, route) -> starting.changed());
        resources.start(starting::changed, DeadLetterRelay::endBecause);
        starting.changed();
        var working = new Redrives(
                new RedriveParts(
                        client,
                        routes,
                        resources::stream,
                        connections,
                        starting::advisoryFloor,
                        events,
                        metrics::redriven,
                        cluster,
                        clock),
                installation.namespaces());
        redrives = working;
        working.start(DeadLetterRelay::endBecause);
        heartbeat.start();
        isStarted = true;
        LOG.info("Started; /livez, /readyz and /metrics are on port {}", managementServer.port());
    }

    /** Without a watch the relay would no longer see changes; Kubernetes starts it again. */
    private static void endBecause(Throwable failure) {
        ProcessEnd.because("a watch ended for good: " + failure.getMessage());
    }

    private void connectionChanged(ConnectionSettings changed) {
        ConsumerRelays current = relays;
        if (current != null) {
            current.wake(changed);
        }
    }

    private long waiting() {
        return states().mapToLong(ConsumerState::waiting).sum();
    }

    private double oldestWaiting() {
        return states().flatMap(state -> state.oldestWaiting().stream())
                .min(Instant::compareTo)
                .map(oldest -> Duration.between(oldest, clock.instant()).toMillis() / 1000.0)
                .orElse(0.0);
    }

    private java.util.stream.Stream<ConsumerState> states() {
        ConsumerRelays current = relays;
        return current == null ? java.util.stream.Stream.empty() : current.states().values().stream();
    }

    private long redrives(ToLongFunction<Redrives> count) {
        Redrives current = redrives;
        return current == null ? 0 : count.applyAsLong(current);
    }

    private Optional<String> unready() {
        return isStarted ? Optional.empty() : Optional.of("not started yet");
    }

    /** Finishes what is under way, for a few seconds at most, and lets go of everything. */
    @Override
    public void close() {
        isStarted = false;
        ConsumerRelays current = relays;
        if (current != null) {
            current.close();
        }
        heartbeat.close();
        Redrives working = redrives;
        if (working != null) {
            working.close();
        }
        events.close();
        resources.close();
        directory.close();
        routes.close();
        connections.close();
        managementServer.close();
        client.close();
    }
}
