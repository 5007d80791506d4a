package io.jetwright.operator.run;

import io.jetwright.jetstream.Pause;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a few reconciliations work at a time, in the order in which they come. One that has to wait for a slow server gives
 * its place to the next, so that slow servers do not hold up what has to do with others.
 */
public final class Workplaces implements Pause {
    private static final Logger LOG = LoggerFactory.getLogger(Workplaces.class);

    private final Semaphore places;
    private final Consumer<Error> end;
    private final ThreadLocal<Boolean> hasPlace = ThreadLocal.withInitial(() -> false);

    /**
     * Workplaces of which the process ends when a task ends with an error: a resource whose reconciliation ended so would never be
     * reconciled again, and nothing would tell. Kubernetes starts the process again.
     */
    public Workplaces(int count) {
        this(count, Workplaces::endProcess);
    }

    /**
     * Workplaces.
     *
     * @param end what follows when a task ends with an error
     */
    Workplaces(int count, Consumer<Error> end) {
        places = new Semaphore(count, true);
        this.end = end;
    }

    /** At once: what would be done in order may wait for what is broken. */
    private static void endProcess(Error error) {
        try {
            LOG.error("The operator ends, since it cannot go on after this", error);
        } finally {
            Runtime.getRuntime().halt(1);
        }
    }

    /** Runs each task in a virtual thread, when there is a place. */
    public ExecutorService executor() {
        return Executors.newThreadPerTaskExecutor(task -> Thread.ofVirtual().unstarted(() -> work(task)));
    }

    private void work(Runnable task) {
        places.acquireUninterruptibly();
        hasPlace.set(true);
        try {
            task.run();
        } catch (Error e) {
            end.accept(e);
            throw e;
        } finally {
            places.release();
        }
    }

    @Override
    public void begin() {
        if (hasPlace.get()) {
            places.release();
        }
    }

    @Override
    public void end() {
        if (hasPlace.get()) {
            places.acquireUninterruptibly();
        }
    }
}
