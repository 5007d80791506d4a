package io.jetwright.eventlogger;

import java.time.Duration;

/** By when a client has to have done something. Set and cleared by one thread, looked at by another one. */
final class Deadline {
    private static final long ORIGIN = System.nanoTime();
    private static final long NONE = Long.MAX_VALUE;

    private volatile long end = NONE;

    /** How long a client may take for so many bytes: 20 seconds, and at least 16 KiB a second. */
    static Duration toTake(long bytes) {
        return Duration.ofSeconds(20 + bytes / (16 << 10));
    }

    /** From now on. */
    void set(Duration time) {
        end = now() + time.toNanos();
    }

    void clear() {
        end = NONE;
    }

    boolean isOver() {
        long current = end;
        return current != NONE && now() >= current;
    }

    /** Since this class was loaded, so that it is far from an overflow. */
    private static long now() {
        return System.nanoTime() - ORIGIN;
    }
}
