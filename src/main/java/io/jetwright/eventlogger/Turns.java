package io.jetwright.eventlogger;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Lets a few do something at the same time. The others wait in line for a while, and are then refused. */
final class Turns {
    private final int count;
    private final Duration patience;
    private final Semaphore free;
    private final AtomicLong refused = new AtomicLong();

    Turns(int count, Duration patience) {
        this.count = count;
        this.patience = patience;
        this.free = new Semaphore(count, true);
    }

    /**
     * Waits in line.
     *
     * @throws Problem if that takes too long; nothing has to be ended then
     */
    void begin() {
        try {
            if (free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        refused.incrementAndGet();
        throw Problem.unavailable("others are looking at the stream; try again");
    }

    void end() {
        free.release();
    }

    /** How many there are now. */
    int used() {
        return count - free.availablePermits();
    }

    /** How often somebody has waited in vain. */
    long refused() {
        return refused.get();
    }
}
