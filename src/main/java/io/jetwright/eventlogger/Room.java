package io.jetwright.eventlogger;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A limited number of bytes. Who needs some waits in line, and gives them back. */
final class Room {
    static final Duration INTERVAL = Duration.ofSeconds(2);

    private final int capacity;
    private final Semaphore free;
    private final AtomicLong waited = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    Room(int capacity) {
        this.capacity = capacity;
        this.free = new Semaphore(capacity, true);
    }

    /** In bytes. */
    int capacity() {
        return capacity;
    }

    /** How many bytes are taken. */
    int used() {
        return capacity - free.availablePermits();
    }

    /** How often somebody had to wait. */
    long waited() {
        return waited.get();
    }

    /** How often somebody waited in vain. */
    long refused() {
        return refused.get();
    }

    /** Called every two seconds while somebody waits. */
    @FunctionalInterface
    interface Waiting {
        /** Returns false to wait no longer. */
        boolean goOn() throws IOException;
    }

    /**
     * Takes bytes, and waits for those that are not free.
     *
     * @param bytes not more than the capacity
     * @return false if they do not become free in time; nothing is taken then
     */
    boolean take(int bytes, Duration timeout, Waiting waiting) throws IOException, InterruptedException {
        if (free.tryAcquire(bytes, 0, TimeUnit.NANOSECONDS)) {
            return true;
        }
        waited.incrementAndGet();
        long end = System.nanoTime() + timeout.toNanos();
        for (long left = timeout.toNanos(); left > 0; left = end - System.nanoTime()) {
            if (free.tryAcquire(bytes, Math.min(left, INTERVAL.toNanos()), TimeUnit.NANOSECONDS)) {
                return true;
            }
            if (!waiting.goOn()) {
                break;
            }
        }
        refused.incrementAndGet();
        return false;
    }

    void giveBack(int bytes) {
        free.release(bytes);
    }
}
