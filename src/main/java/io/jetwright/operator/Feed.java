package io.jetwright.operator;

import io.jetwright.api.Asset;
import io.jetwright.jetstream.Advisory;
import io.jetwright.jetstream.ConnectionListener;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.plan.AssetName;
import io.jetwright.plan.AssetName.ConsumerName;
import io.jetwright.plan.AssetName.StreamName;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Passes on what happens in JetStream to the reconcilers of all kinds. */
final class Feed implements ConnectionListener {
    /** Long enough for the consumers that are applied together with a stream. */
    private static final Duration COUNTING = Duration.ofSeconds(5);

    private final List<Ear> ears = new CopyOnWriteArrayList<>();
    private final Set<Counted> uncounted = ConcurrentHashMap.newKeySet();
    private final Set<ConnectionSettings> usedAnew = ConcurrentHashMap.newKeySet();
    private final Executor later = CompletableFuture.delayedExecutor(
            COUNTING.toMillis(), TimeUnit.MILLISECONDS, Executors.newVirtualThreadPerTaskExecutor());

    /** A kind's side of it. */
    interface Ear {
        /** A JetStream object was changed by somebody. */
        default void changed(ConnectionSettings connection, AssetName name) {}

        /** A resource has done something to a JetStream object, which other resources may name, too. */
        default void done(ConnectionSettings connection, AssetName name, Asset<?, ?> doer) {}

        /** The consumers of a stream have become more, or fewer. */
        default void counted(ConnectionSettings connection, StreamName stream) {}

        /** The resources that use a connection have become more, or fewer. */
        default void used(ConnectionSettings connection) {}

        /** A connection came or went, so that everything on it is to be looked at again. */
        void everything(ConnectionSettings connection);
    }

    private record Counted(ConnectionSettings connection, StreamName stream) {}

    void add(Ear ear) {
        ears.add(ear);
    }

    /** A JetStream object was changed, or released, in a way that other resources wait for. */
    void changed(ConnectionSettings connection, AssetName name) {
        ears.forEach(ear -> ear.changed(connection, name));
    }

    /** A resource has done something to a JetStream object. */
    void done(ConnectionSettings connection, AssetName name, Asset<?, ?> doer) {
        ears.forEach(ear -> ear.done(connection, name, doer));
    }

    /** We have made or deleted a consumer; its stream, which counts it, is looked at when no more follow. */
    void counted(ConnectionSettings connection, ConsumerName consumer) {
        var stream = new StreamName(consumer.stream());
        var counted = new Counted(connection, stream);
        if (uncounted.add(counted)) {
            later.execute(() -> {
                uncounted.remove(counted);
                ears.forEach(ear -> ear.counted(connection, stream));
            });
        }
    }

    /** A resource has begun to use a connection, or ended it. */
    void used(ConnectionSettings connection) {
        if (usedAnew.add(connection)) {
            later.execute(() -> {
                usedAnew.remove(connection);
                ears.forEach(ear -> ear.used(connection));
            });
        }
    }

    @Override
    public void changed(ConnectionSettings settings, Advisory advisory) {
        changed(settings, advisory.name());
    }

    @Override
    public void connected(ConnectionSettings settings) {
        ears.forEach(ear -> ear.everything(settings));
    }

    @Override
    public void disconnected(ConnectionSettings settings) {
        ears.forEach(ear -> ear.everything(settings));
    }
}
