package io.jetwright.jetstream;

import io.jetwright.nats.ConnectionSettings;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The pool of connections. Equal settings share a connection, which opens when somebody asks for it. Safe for use by
 * several threads.
 */
public final class Connections implements AutoCloseable {
    /** How long a connection that is no longer needed stays open: longer than a request takes. */
    private static final Duration LINGER = Duration.ofSeconds(6);

    private final ConnectionListener listener;
    private final Requests requests;
    private final Pause pause;
    private final Duration linger;
    private final Network network = new Network();
    private final ConcurrentMap<ConnectionSettings, NatsJetStream> open = new ConcurrentHashMap<>();

    /** Null if all are needed. */
    private volatile @Nullable Set<ConnectionSettings> needed;

    /**
     * An empty pool.
     *
     * @param listener told about all connections
     * @param requests told about each request that is over
     * @param pause told when a request has to wait
     */
    public Connections(ConnectionListener listener, Requests requests, Pause pause) {
        this(listener, requests, pause, LINGER);
    }

    /**
     * An empty pool.
     *
     * @param linger how long a connection that is no longer needed stays open
     */
    Connections(ConnectionListener listener, Requests requests, Pause pause, Duration linger) {
        this.listener = listener;
        this.requests = requests;
        this.pause = pause;
        this.linger = linger;
    }

    /**
     * The JetStream behind these settings. Never waits for the server: the connection is made in the background, and until
     * it is up, requests fail with {@link JetStreamException.Pending} or with the reason.
     */
    public JetStream get(ConnectionSettings settings) {
        return opened(settings);
    }

    /** The state of the connection with these settings. Like {@link #get}, opens it if there is none. */
    public ConnectionHealth health(ConnectionSettings settings) {
        return opened(settings);
    }

    private NatsJetStream opened(ConnectionSettings settings) {
        NatsJetStream known = open.get(settings);
        if (known != null) {
            return known;
        }
        NatsJetStream opened =
                open.computeIfAbsent(settings, key -> new NatsJetStream(key, listener, requests, network, pause));
        closeUnneededLater();
        return opened;
    }

    /**
     * Declares which connections are needed from now on; before the first call, all are. Others are closed, also if they
     * are opened later, but not before requests that are under way on them had the time to finish.
     */
    public void retain(Set<ConnectionSettings> settings) {
        needed = Set.copyOf(settings);
        closeUnneededLater();
    }

    private void closeUnneededLater() {
        var unused = network.timer().schedule(this::closeUnneeded, linger.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void closeUnneeded() {
        Set<ConnectionSettings> retained = needed;
        if (retained != null) {
            open.keySet().stream()
                    .filter(settings -> !retained.contains(settings))
                    .forEach(settings -> {
                        NatsJetStream unneeded = open.remove(settings);
                        if (unneeded != null) {
                            network.tasks().execute(unneeded::close);
                        }
                    });
        }
    }

    /** Closes all connections at once. The pool cannot be used afterwards. */
    @Override
    public void close() {
        open.values().forEach(NatsJetStream::close);
        open.clear();
        network.close();
    }
}
