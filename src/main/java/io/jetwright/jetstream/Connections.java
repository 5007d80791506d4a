package io.jetwright.jetstream;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The connections in use, one for each distinct settings. */
public final class Connections implements AutoCloseable {
    private final ConnectionListener listener;
    private final Requests requests;
    private final Pause pause;
    private final Network network = new Network();
    private final ConcurrentMap<ConnectionSettings, NatsJetStream> open = new ConcurrentHashMap<>();

    /**
     * None yet.
     *
     * @param pause told when a request has to wait
     */
    public Connections(ConnectionListener listener, Requests requests, Pause pause) {
        this.listener = listener;
        this.requests = requests;
        this.pause = pause;
    }

    /** The JetStream behind these settings. Never waits for the server: connecting goes on in the background. */
    public JetStream get(ConnectionSettings settings) {
        return opened(settings);
    }

    /** The connection itself; like {@link #get}. */
    public Link link(ConnectionSettings settings) {
        return opened(settings);
    }

    private NatsJetStream opened(ConnectionSettings settings) {
        NatsJetStream known = open.get(settings);
        return known == null
                ? open.computeIfAbsent(settings, key -> new NatsJetStream(key, listener, requests, network, pause))
                : known;
    }

    /** Closes all others, in the background. */
    public void retain(Set<ConnectionSettings> needed) {
        open.keySet().stream().filter(settings -> !needed.contains(settings)).forEach(settings -> {
            NatsJetStream unneeded = open.remove(settings);
            if (unneeded != null) {
                network.tasks().execute(unneeded::close);
            }
        });
    }

    @Override
    public void close() {
        open.values().forEach(NatsJetStream::close);
        open.clear();
        network.close();
    }
}
