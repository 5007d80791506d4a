package io.jetwright.operator;

import io.jetwright.api.Asset;
import io.jetwright.jetstream.Advisory;
import io.jetwright.jetstream.ConnectionListener;
import io.jetwright.jetstream.ConnectionSettings;
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
    private final Set<StreamName> uncounted = ConcurrentHashMap.newKeySet();
    private final Executor later = CompletableFuture.delayedExecutor(
            COUNTING.toMillis(), TimeUnit.MILLISECONDS, Executors.newVirtualThreadPerTaskExecutor());

    /** A kind's side of it. */
    interface Ear {
        /** A JetStream object was changed by somebody. */
        void changed(AssetName name);

        /** A resource has done something to a JetStream object, which other resources may name, too. */
        void done(AssetName name, Asset<?, ?> doer);

        /** The consumers of a stream have become more, or fewer. */
        void counted(StreamName stream);

        /** The connection came or went, so that everything is to be looked at again. */
        void everything();
    }

    void add(Ear ear) {
        ears.add(ear);
    }

    /** A JetStream object was changed, or released, in a way that other resources wait for. */
    void changed(AssetName name) {
        ears.forEach(ear -> ear.changed(name));
    }

    /** A resource has done something to a JetStream object. */
    void done(AssetName name, Asset<?, ?> doer) {
        ears.forEach(ear -> ear.done(name, doer));
    }

    /** We have made or deleted a consumer; its stream, which counts it, is looked at when no more follow. */
    void counted(ConsumerName consumer) {
        var stream = new StreamName(consumer.stream());
        if (uncounted.add(stream)) {
            later.execute(() -> {
                uncounted.remove(stream);
                ears.forEach(ear -> ear.counted(stream));
            });
        }
    }

    @Override
    public void changed(ConnectionSettings settings, Advisory advisory) {
        changed(advisory.name());
    }

    @Override
    public void connected(ConnectionSettings settings) {
        ears.forEach(Ear::everything);
    }

    @Override
    public void disconnected(ConnectionSettings settings) {
        ears.forEach(Ear::everything);
    }
}
