package io.jetwright.relay.redrive;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * When each message may be sent, so that no second has more than the rate: at even distances. What was missed is made up for
 * only as far as a thread sleeps a little longer than it was told to.
 */
final class Pace {
    private static final long NANOSECONDS = TimeUnit.SECONDS.toNanos(1);
    private static final long TOLERANCE = TimeUnit.MILLISECONDS.toNanos(5);

    private final double interval;
    private double next;

    /**
     * A pace.
     *
     * @param ratePerSecond null for as fast as possible
     * @param now of {@link System#nanoTime}
     */
    Pace(@Nullable Integer ratePerSecond, long now) {
        interval = ratePerSecond == null ? 0 : (double) NANOSECONDS / ratePerSecond;
        next = now;
    }

    /** Takes the next turn; returns in how many nanoseconds it is. */
    long take(long now) {
        if (interval == 0) {
            return 0;
        }
        next = Math.max(next, (double) (now - TOLERANCE));
        long wait = Math.max(0, (long) next - now);
        next += interval;
        return wait;
    }
}
