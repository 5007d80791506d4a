package io.jetwright.jetstream;

import io.jetwright.nats.ConnectionSettings;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Connections by their settings. Equal settings share one, which opens when somebody asks for it. Safe for use by several threads. */
final class Pool<C extends Pool.Member> implements AutoCloseable {
    /** How long a connection that is no longer needed stays open: longer than a request takes. */
    static final Duration LINGER = Duration.ofSeconds(6);

    private final BiFunction<ConnectionSettings, Network, C> opener;
    private final Duration linger;
    private final Network network = new Network();
    private final ConcurrentMap<ConnectionSettings, C> open = new ConcurrentHashMap<>();

    /** Null if all are needed. */
    private volatile @Nullable Set<ConnectionSettings> needed;

    /** A connection in a pool. */
    interface Member extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * An empty pool.
     *
     * @param opener begins to connect, and returns at once
     * @param linger how long a connection that is no longer needed stays open
     */
    Pool(BiFunction<ConnectionSettings, Network, C> opener, Duration linger) {
        this.opener = opener;
        this.linger = linger;
    }

    C get(ConnectionSettings settings) {
        C known = open.get(settings);
        if (known != null) {
            return known;
        }
        C opened = open.computeIfAbsent(settings, key -> opener.apply(key, network));
        closeUnneededLater();
        return opened;
    }

    /** Declares which are needed from now on; see {@link Connections#retain}. */
    void retain(Set<ConnectionSettings> settings) {
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
                        C unneeded = open.remove(settings);
                        if (unneeded != null) {
                            network.tasks().execute(unneeded::close);
                        }
                    });
        }
    }

    @Override
    public void close() {
        open.values().forEach(Member::close);
        open.clear();
        network.close();
    }
}
