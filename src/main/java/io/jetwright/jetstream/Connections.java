package io.jetwright.jetstream;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The connections in use, one for each distinct settings. */
public final class Connections implements AutoCloseable {
    private final ConnectionListener listener;
    private final Requests requests;
    private final ConcurrentMap<ConnectionSettings, NatsJetStream> open = new ConcurrentHashMap<>();

    public Connections(ConnectionListener listener, Requests requests) {
        this.listener = listener;
        this.requests = requests;
    }

    /** The JetStream behind these settings. Never waits for the server: connecting goes on in the background. */
    public JetStream get(ConnectionSettings settings) {
        return open.computeIfAbsent(settings, key -> new NatsJetStream(key, listener, requests));
    }

    @Override
    public void close() {
        open.values().forEach(NatsJetStream::close);
        open.clear();
    }
}
