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
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place through which news reaches the controllers: what happens in JetStream, to connections, and to the Connection
 * resources. Whatever happens to a connection reaches its users by the key of their Connection, once.
 */
public final class Hub implements ConnectionListener {
    private static final Logger LOG = LoggerFactory.getLogger(Hub.class);

    /** Long enough for the consumers that are applied together with a stream. */
    private static final Duration GATHERING = Duration.ofSeconds(5);

    /** Long enough for what is changed by one apply, and short for those who wait for it. */
    private static final Duration FREEING = Duration.ofSeconds(1);

    /** Long enough for most of what is applied at once, and short for those who look whether it uses the right Connection. */
    private static final Duration USING = Duration.ofSeconds(1);

    private static final Executor VIRTUAL_THREADS = Executors.newVirtualThreadPerTaskExecutor();

    private final Function<ConnectionSettings, Stream<String>> keys;
    private final BiConsumer<Duration, Runnable> later;
    private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();

    /** The news that has come lately, and whether more of the same has come since. */
    private final Map<Object, Boolean> recent = new ConcurrentHashMap<>();

    private record Counted(ConnectionSettings connection, StreamName stream) {}

    private record Others(ConnectionSettings connection, StreamName stream) {}

    private record Used(ConnectionSettings connection) {}

    private record Freed(ConnectionSettings connection) {}

    /**
     * A hub without subscribers.
     *
     * @param keys of the Connections that lead to these settings now
     */
    public Hub(Function<ConnectionSettings, Stream<String>> keys) {
        this(keys, Hub::delayed);
    }

    private static void delayed(Duration delay, Runnable task) {
        CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, VIRTUAL_THREADS)
                .execute(task);
    }

    /**
     * A hub without subscribers.
     *
     * @param later runs what is told when no more of it is expected to follow, after a while
     */
    Hub(Function<ConnectionSettings, Stream<String>> keys, BiConsumer<Duration, Runnable> later) {
        this.keys = keys;
        this.later = later;
    }

    public void subscribe(Subscriber subscriber) {
        subscribers.add(subscriber);
    }

    /** A subscriber that fails keeps the news from nobody else. */
    private void tell(Consumer<Subscriber> news) {
        for (Subscriber subscriber : subscribers) {
            try {
                news.accept(subscriber);
            } catch (RuntimeException e) {
                LOG.error("A controller could not take news, and sees it at the next resync only", e);
            }
        }
    }

    private void tellUsers(ConnectionSettings connection, Consumer<String> news) {
        keys.apply(connection).forEach(news);
    }

    /** Tells the same news once, however often it comes within a while. */
    private void gather(Object news, Duration delay, Runnable telling) {
        if (isFirst(news)) {
            later.accept(delay, () -> {
                recent.remove(news);
                telling.run();
            });
        }
    }

    /** Tells news at once, and what comes of the same within a while once, when that is over. */
    private void tellAtMostEvery(Duration delay, Object news, Runnable telling) {
        if (isFirst(news)) {
            telling.run();
            later.accept(delay, () -> {
                if (Boolean.TRUE.equals(recent.remove(news))) {
                    tellAtMostEvery(delay, news, telling);
                }
            });
        }
    }

    private boolean isFirst(Object news) {
        return !recent.merge(news, false, (known, again) -> true);
    }

    /** A resource no longer claims a JetStream object, which other resources may wait for. */
    public void released(ConnectionSettings connection, AssetName name) {
        tell(subscriber -> subscriber.changed(connection, name));
        freed(connection);
    }

    /** A resource has done something to a JetStream object. */
    public void done(ConnectionSettings connection, AssetName name, Asset<?, ?> doer) {
        tell(subscriber -> subscriber.done(connection, name, doer));
        freed(connection);
    }

    /** We have created or deleted a consumer; told when no more of the same stream follow. */
    public void counted(ConnectionSettings connection, ConsumerName consumer) {
        var stream = new StreamName(consumer.stream());
        gather(
                new Counted(connection, stream),
                GATHERING,
                () -> tell(subscriber -> subscriber.counted(connection, stream)));
    }

    /**
     * Something was changed or deleted. Told once for all that comes together, since all who are refused on the connection try
     * again.
     */
    public void freed(ConnectionSettings connection) {
        gather(new Freed(connection), FREEING, () -> tell(subscriber -> subscriber.freed(connection)));
    }

    /** A resource has begun to use a connection, or no longer does; told when no more of these follow. */
    public void used(ConnectionSettings connection) {
        gather(
                new Used(connection),
                USING,
                () -> tellUsers(connection, key -> tell(subscriber -> subscriber.used(key))));
    }

    /**
     * A Connection leads elsewhere than before, or nowhere, or may be used by other namespaces than before.
     *
     * @param key the Connection's
     * @param isAwaited whether the connection that it leads to is being made, so that {@link #connected} or
     *     {@link #disconnected} follows: then its users are woken by that, when there is an outcome to report
     */
    public void rerouted(String key, boolean isAwaited) {
        tell(subscriber -> subscriber.rerouted(key));
        if (!isAwaited) {
            tell(subscriber -> subscriber.switched(key));
        }
    }

    @Override
    public void connected(ConnectionSettings connection) {
        switched(connection);
    }

    @Override
    public void disconnected(ConnectionSettings connection) {
        switched(connection);
    }

    private void switched(ConnectionSettings connection) {
        tellUsers(connection, key -> tell(subscriber -> subscriber.switched(key)));
    }

    /**
     * Others have changed something. What they do to the consumers of a stream is counted at most every {@link #GATHERING}, since
     * clients may create and delete hundreds of ephemeral ones a second; but the first at once, since the deletion of a stream
     * may be told by those of its consumers alone.
     */
    @Override
    public void changed(ConnectionSettings connection, Advisory advisory) {
        tell(subscriber -> subscriber.changed(connection, advisory.name()));
        if (advisory.name() instanceof ConsumerName consumer) {
            var stream = new StreamName(consumer.stream());
            tellAtMostEvery(
                    GATHERING,
                    new Others(connection, stream),
                    () -> tell(subscriber -> subscriber.counted(connection, stream)));
        }
        if (advisory.name() instanceof StreamName || advisory.action() == Advisory.Action.DELETED) {
            freed(connection);
        }
    }
}
