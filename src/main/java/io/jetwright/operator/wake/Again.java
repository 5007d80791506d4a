package io.jetwright.operator.wake;

import io.jetwright.status.Reason;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** When a resource is looked at again, even if nothing says so: spread out, so that not all come at once. */
public final class Again {
    /** How long something which goes wrong by itself, and may be cured by itself, is left alone; jittered, 30 s at most. */
    private static final Duration RETRY = Duration.ofSeconds(27);

    /** When to look again for something that is on its way; its own event mostly comes before. */
    public static final Duration COMING = Duration.ofSeconds(2);

    /** No advisory tells that a stream has become empty. */
    private static final Duration EMPTY = Duration.ofSeconds(5);

    private static final double JITTER = 0.1;

    private final Duration resync;
    private final RandomGenerator random;

    public Again(Duration resync, RandomGenerator random) {
        this.resync = resync;
        this.random = random;
    }

    public Duration after(Reason reason) {
        Duration bound =
                switch (reason) {
                    case CONNECTING, IN_USE -> COMING;
                    case WAITING_UNTIL_EMPTY -> EMPTY;
                    case NAMESPACE_NOT_ALLOWED, SECRET_INVALID, FORBIDDEN, INSECURE, DENIED, JETSTREAM_DISABLED ->
                        RETRY;
                    default -> reason.isReconciling() ? RETRY : resync;
                };
        Duration interval = resync.compareTo(bound) < 0 ? resync : bound;
        double factor = 1 - JITTER + 2 * JITTER * random.nextDouble();
        return Duration.ofMillis((long) (interval.toMillis() * factor));
    }
}
