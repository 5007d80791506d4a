package io.jetwright.operator.run;

import io.jetwright.jetstream.Pause;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * Lets a few reconciliations work at a time, in the order in which they come. One that has to wait for a slow server gives
 * its place to the next, so that slow servers do not hold up what has to do with others.
 */
public final class Workplaces implements Pause {
    private final Semaphore places;
    private final ThreadLocal<Boolean> hasPlace = ThreadLocal.withInitial(() -> false);

    public Workplaces(int count) {
        places = new Semaphore(count, true);
    }

    /** Runs each task in a virtual thread, when there is a place. An error that ends a task is the thread's, uncaught. */
    public ExecutorService executor() {
        return Executors.newThreadPerTaskExecutor(
                task -> Thread.ofVirtual().name("reconciler").unstarted(() -> work(task)));
    }

    private void work(Runnable task) {
        places.acquireUninterruptibly();
        hasPlace.set(true);
        try {
            task.run();
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
