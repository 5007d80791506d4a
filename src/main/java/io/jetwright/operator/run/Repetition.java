package io.jetwright.operator.run;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Does something again and again, in a thread of its own, until it is closed. */
public final class Repetition implements AutoCloseable {
    private @Nullable ScheduledFuture<?> running;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("metrics-reader").factory());

    /**
     * Begins after an interval.
     *
     * @param interval from the end of one time to the begin of the next
     * @param task fails at nothing, since it would not be done again
     */
    public void start(Duration interval, Runnable task) {
        running = thread.scheduleWithFixedDelay(task, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends; what is under way is interrupted. */
    @Override
    public void close() {
        if (running != null) {
            running.cancel(true);
        }
        thread.shutdownNow();
    }
}
