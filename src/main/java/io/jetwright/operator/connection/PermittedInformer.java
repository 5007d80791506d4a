package io.jetwright.operator.connection;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An informer of what the operator may not be permitted to read. It is started again until it is permitted. */
final class PermittedInformer<R extends HasMetadata> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PermittedInformer.class);

    /** When something that was forbidden is tried again. */
    static final Executor LATER = CompletableFuture.delayedExecutor(
            Duration.ofSeconds(5).toMillis(), TimeUnit.MILLISECONDS, Executors.newVirtualThreadPerTaskExecutor());

    private final Supplier<SharedIndexInformer<R>> informers;
    private final String permission;
    private final Listener<R> listener;
    private final Executor later;
    private @Nullable SharedIndexInformer<R> informer;
    private volatile State<R> state = new State.Unread<>();
    private boolean closed;

    /** Is told what is known; called on the informer's threads, and must not block. */
    interface Listener<R> {
        /** All is known for the first time, or that it may not be read. */
        void known();

        /**
         * One of them was added, changed or deleted; as {@link #known}, unless it makes a difference what they were.
         *
         * @param before null when it was added
         * @param after null when it was deleted
         */
        default void changed(@Nullable R before, @Nullable R after) {
            known();
        }
    }

    /** What is known. */
    sealed interface State<R> {
        /** Nothing yet. */
        record Unread<R>() implements State<R> {}

        /** It may not be read. */
        record Forbidden<R>() implements State<R> {}

        /** What there is. */
        record Seen<R>(SharedIndexInformer<R> informer) implements State<R> {
            List<R> all() {
                return informer.getStore().list();
            }

            Optional<R> find(String key) {
                return Optional.ofNullable(informer.getStore().getByKey(key));
            }
        }
    }

    /**
     * Begins to watch, and returns at once.
     *
     * @param informers makes one that is not yet started
     * @param permission what it takes, for people, such as {@code list secrets in namespace shop}
     * @param later runs the start of the next informer, after one has ended
     */
    PermittedInformer(
            Supplier<SharedIndexInformer<R>> informers, String permission, Listener<R> listener, Executor later) {
        this.informers = informers;
        this.permission = permission;
        this.listener = listener;
        this.later = later;
        start();
    }

    State<R> state() {
        return state;
    }

    private synchronized void start() {
        if (closed) {
            return;
        }
        SharedIndexInformer<R> fresh = informers.get();
        informer = fresh;
        fresh.exceptionHandler((started, failure) -> !isForbidden(failure));
        fresh.addEventHandler(new ResourceEventHandler<>() {
            @Override
            public void onAdd(R resource) {
                tell(null, resource);
            }

            @Override
            public void onUpdate(R before, R after) {
                tell(before, after);
            }

            @Override
            public void onDelete(R resource, boolean finalStateUnknown) {
                tell(resource, null);
            }
        });
        fresh.stopped().whenComplete((nothing, failure) -> stopped(fresh, failure));
        fresh.start().whenComplete((nothing, failure) -> {
            if (failure == null) {
                seen(fresh);
            }
        });
    }

    private void seen(SharedIndexInformer<R> fresh) {
        if (state instanceof State.Forbidden) {
            LOG.info("The operator may {} now", permission);
        }
        state = new State.Seen<>(fresh);
        listener.known();
    }

    private void tell(@Nullable R before, @Nullable R after) {
        if (state instanceof State.Seen) {
            listener.changed(before, after);
        }
    }

    private void stopped(SharedIndexInformer<R> ended, @Nullable Throwable failure) {
        synchronized (this) {
            if (closed || informer != ended) {
                return;
            }
        }
        if (!(state instanceof State.Forbidden) && failure != null && isForbidden(failure)) {
            LOG.warn("The operator may not {}", permission);
            state = new State.Forbidden<>();
            listener.known();
        }
        later.execute(this::start);
    }

    private static boolean isForbidden(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof KubernetesClientException e && e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return true;
            }
        }
        return false;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (informer != null) {
            informer.stop();
        }
    }
}
