package io.jetwright.relay;

import io.jetwright.api.Connection;
import io.jetwright.api.ConnectionDeadLetters;
import io.jetwright.jetstream.JetStreamException;
import io.jetwright.jetstream.NatsConnection;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.operator.connection.ConnectionDirectory;
import io.jetwright.operator.connection.Route;
import io.jetwright.operator.connection.Routes;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All consumers that are served: as the resources say it now. What does not change goes on undisturbed. */
final class ConsumerRelays implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConsumerRelays.class);

    /** After a change, since many come at once. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final RelayParts parts;
    private final ConnectionDirectory directory;
    private final Optional<String> captureStream;
    private final Supplier<Set<ConnectionSettings>> needed;
    private final Steps steps;
    private final Map<String, ConsumerRelay> relays = new ConcurrentHashMap<>();
    private final Map<LetterStreamKey, LetterStream> letterStreams = new HashMap<>();
    private final AtomicBoolean isDue = new AtomicBoolean();
    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("assignments").factory());

    private record LetterStreamKey(NatsConnection connection, String name) {}

    /**
     * None yet.
     *
     * @param captureStream the one on the relay's own NATS_URL; empty: the relay makes one
     * @param needed the settings of Connections, whose connections are kept for other parts, too
     */
    ConsumerRelays(
            RelayParts parts,
            ConnectionDirectory directory,
            Optional<String> captureStream,
            Supplier<Set<ConnectionSettings>> needed,
            Steps steps) {
        this.parts = parts;
        this.directory = directory;
        this.captureStream = captureStream;
        this.needed = needed;
        this.steps = steps;
    }

    /** Something may have changed. Returns at once. */
    void changed() {
        if (isDue.compareAndSet(false, true) && !worker.isShutdown()) {
            var unused = worker.schedule(this::assignAll, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** The connection with these settings is up or down. */
    void wake(ConnectionSettings settings) {
        relays.values().forEach(relay -> {
            if (relay.assignment().route() instanceof Route.Open open
                    && open.settings().equals(settings)) {
                relay.wake();
            }
        });
    }

    private void assignAll() {
        isDue.set(false);
        try {
            var assignments = new Assignments(parts.resources()::stream, parts::route, this::captureStream);
            assign(assignments.of(parts.resources().consumers()));
            parts.resources().consumers().stream()
                    .filter(each -> each.getSpec().deadLetter() == null
                            && each.getStatus() != null
                            && each.getStatus().deadLetters() != null)
                    .forEach(each -> ConsumerReport.clear(parts, each));
        } catch (RuntimeException e) {
            LOG.error("The resources are looked at again, after what nobody foresaw", e);
            changed();
        }
    }

    private Optional<String> captureStream(String key) {
        return key.equals(Routes.OPERATORS_OWN)
                ? captureStream
                : directory
                        .find(key)
                        .map(Connection::getSpec)
                        .map(spec -> spec.deadLetters())
                        .map(ConnectionDeadLetters::captureStream);
    }

    private void assign(Map<String, Assignment> assignments) {
        relays.forEach((resource, relay) -> {
            if (!relay.assignment().equals(assignments.get(resource))) {
                relay.close();
                relays.remove(resource);
            }
        });
        new TreeMap<>(assignments).forEach((resource, assignment) -> {
            if (!relays.containsKey(resource)) {
                var relay = new ConsumerRelay(
                        parts,
                        assignment,
                        route -> letterStream(parts.connection(route), assignment.letters()),
                        new ConsumerState(),
                        steps);
                relays.put(resource, relay);
                relay.start();
                LOG.debug("Serves {}", resource);
            }
        });
        retain(assignments);
    }

    private void retain(Map<String, Assignment> assignments) {
        Set<ConnectionSettings> retained = new HashSet<>(needed.get());
        assignments.values().forEach(each -> {
            if (each.route() instanceof Route.Open open) {
                retained.add(open.settings());
            }
        });
        parts.connections().retain(retained);
        synchronized (letterStreams) {
            letterStreams
                    .keySet()
                    .removeIf(key -> !retained.contains(key.connection().settings()));
        }
    }

    private LetterStream letterStream(NatsConnection connection, String name) {
        synchronized (letterStreams) {
            return letterStreams.computeIfAbsent(
                    new LetterStreamKey(connection, name), key -> new LetterStream(connection, name));
        }
    }

    /** What is known of each consumer that is served, by namespace and name of the resource. */
    Map<String, ConsumerState> states() {
        Map<String, ConsumerState> states = new TreeMap<>();
        relays.forEach((resource, relay) -> states.put(resource, relay.state()));
        return states;
    }

    /** See {@link io.jetwright.relay.redrive.AdvisoryFloor}. */
    OptionalLong advisoryFloor(ConnectionSettings settings, String stream, String consumer) throws JetStreamException {
        for (ConsumerRelay relay : relays.values()) {
            Assignment assignment = relay.assignment();
            if (assignment.stream().equals(stream)
                    && assignment.consumer().equals(consumer)
                    && assignment.route() instanceof Route.Open open
                    && open.settings().equals(settings)) {
                return AdvisoryConsumer.floor(parts.connection(open), assignment, parts.installation());
            }
        }
        return OptionalLong.empty();
    }

    @Override
    public void close() {
        worker.shutdownNow();
        relays.values().forEach(ConsumerRelay::close);
    }
}
