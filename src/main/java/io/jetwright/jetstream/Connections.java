package io.jetwright.jetstream;

import io.jetwright.nats.ConnectionSettings;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The connections in use, one for each distinct settings. */
public final class Connections implements AutoCloseable {
    /** Longer than a request takes. */
    private static final Duration LINGER = Duration.ofSeconds(6);

    private final ConnectionListener listener;
    private final Requests requests;
    private final Pause pause;
    private final Duration linger;
    private final Network network = new Network();
    private final ConcurrentMap<ConnectionSettings, NatsJetStream> open = new ConcurrentHashMap<>();

    /** Null for all. */
    private volatile @Nullable Set<ConnectionSettings> needed;

    /**
     * None yet.
     *
     * @param pause told when a request has to wait
     */
    public Connections(ConnectionListener listener, Requests requests, Pause pause) {
        this(listener, requests, pause, LINGER);
    }

    /**
     * None yet.
     *
     * @param linger how long a connection stays open that is not needed any more
     */
    Connections(ConnectionListener listener, Requests requests, Pause pause, Duration linger) {
        this.listener = listener;
        this.requests = requests;
        this.pause = pause;
        this.linger = linger;
    }

    /** The JetStream behind these settings. Never waits for the server: connecting goes on in the background. */
    public JetStream get(ConnectionSettings settings) {
        return opened(settings);
    }

    /** How the connection is. Like {@link #get}, opens it if there is none. */
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
     * From now on these are needed. All others are closed after a while, in which what is under way on them can be
     * finished; so are others that are opened later.
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

    @Override
    public void close() {
        open.values().forEach(NatsJetStream::close);
        open.clear();
        network.close();
    }
}
