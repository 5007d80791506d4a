package io.jetwright.jetstream;

import io.jetwright.nats.ConnectionSettings;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Remembers what it was told of. */
final class RecordingListener implements ConnectionListener {
    private final Queue<String> events = new ConcurrentLinkedQueue<>();

    /** In order, such as {@code connected} or {@code CREATED stream ORDERS}. */
    List<String> events() {
        return List.copyOf(events);
    }

    @Override
    public void connected(ConnectionSettings settings) {
        events.add("connected");
    }

    @Override
    public void disconnected(ConnectionSettings settings) {
        events.add("disconnected");
    }

    @Override
    public void changed(ConnectionSettings settings, Advisory advisory) {
        events.add(advisory.action() + " " + advisory.name());
    }
}
