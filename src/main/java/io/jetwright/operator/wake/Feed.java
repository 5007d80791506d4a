package io.jetwright.operator.wake;

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
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes on what happens in JetStream to the reconcilers of all kinds. */
public final class Feed implements ConnectionListener {
    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

    /** Long enough for the consumers that are applied together with a stream. */
    private static final Duration COUNTING = Duration.ofSeconds(5);

    private final List<Ear> ears = new CopyOnWriteArrayList<>();
    private final Set<Counted> uncounted = ConcurrentHashMap.newKeySet();
    private final Set<ConnectionSettings> usedAnew = ConcurrentHashMap.newKeySet();
    private final Executor later = CompletableFuture.delayedExecutor(
            COUNTING.toMillis(), TimeUnit.MILLISECONDS, Executors.newVirtualThreadPerTaskExecutor());

    /** A kind's side of it. */
    public interface Ear {
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

    public void add(Ear ear) {
        ears.add(ear);
    }

    /** What one kind makes of it is nothing to the others, nor to those that tell. */
    private void tell(Consumer<Ear> news) {
        for (Ear ear : ears) {
            try {
                news.accept(ear);
            } catch (RuntimeException e) {
                LOG.error("What happened in JetStream is seen at the next resync only", e);
            }
        }
    }

    /** A JetStream object was changed, or released, in a way that other resources wait for. */
    public void changed(ConnectionSettings connection, AssetName name) {
        tell(ear -> ear.changed(connection, name));
    }

    /** A resource has done something to a JetStream object. */
    public void done(ConnectionSettings connection, AssetName name, Asset<?, ?> doer) {
        tell(ear -> ear.done(connection, name, doer));
    }

    /** We have made or deleted a consumer; its stream, which counts it, is looked at when no more follow. */
    public void counted(ConnectionSettings connection, ConsumerName consumer) {
        var stream = new StreamName(consumer.stream());
        var counted = new Counted(connection, stream);
        if (uncounted.add(counted)) {
            later.execute(() -> {
                uncounted.remove(counted);
                tell(ear -> ear.counted(connection, stream));
            });
        }
    }

    /** A resource has begun to use a connection, or ended it. */
    public void used(ConnectionSettings connection) {
        if (usedAnew.add(connection)) {
            later.execute(() -> {
                usedAnew.remove(connection);
                tell(ear -> ear.used(connection));
            });
        }
    }

    @Override
    public void changed(ConnectionSettings settings, Advisory advisory) {
        changed(settings, advisory.name());
    }

    @Override
    public void connected(ConnectionSettings settings) {
        tell(ear -> ear.everything(settings));
    }

    @Override
    public void disconnected(ConnectionSettings settings) {
        tell(ear -> ear.everything(settings));
    }
}
