package io.jetwright.operator.wake;

import io.jetwright.status.Reason;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When a resource is reconciled again although nothing has happened. The intervals are jittered by a tenth, so that resources
 * which were created together are not always reconciled together.
 */
public final class Again {
    /** For failures that may pass without a change of the resource; 30 s at most, with the jitter. */
    private static final Duration RETRY = Duration.ofSeconds(27);

    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);

    /** For something that is not known yet; the event that tells of it mostly comes before. */
    public static final Duration SOON = Duration.ofSeconds(2);

    /** For a stream that is to become empty, of which no advisory tells. */
    private static final Duration EMPTY = Duration.ofSeconds(5);

    private static final double JITTER = 0.1;

    private final Duration resync;
    private final RandomGenerator random;

    /**
     * The intervals.
     *
     * @param resync the longest, for what is as it should be
     */
    public Again(Duration resync, RandomGenerator random) {
        this.resync = resync;
        this.random = random;
    }

    /**
     * The interval while something goes on of which no news tells: a refusal that may pass, or the move to other servers. It is as
     * long as that has lasted already, from one second on, and half a minute at most.
     *
     * @param elapsed since it began
     */
    public Duration afterWaiting(Duration elapsed) {
        Duration bound = elapsed.compareTo(FIRST_RETRY) < 0 ? FIRST_RETRY : elapsed;
        return spread(bound.compareTo(RETRY) < 0 ? bound : RETRY);
    }

    /** The interval after a report with this reason. */
    public Duration after(Reason reason) {
        Duration bound =
                switch (reason) {
                    case PENDING, IN_USE -> SOON;
                    case WAITING_UNTIL_EMPTY -> EMPTY;
                    case NAMESPACE_NOT_ALLOWED,
                            SECRET_INVALID,
                            FORBIDDEN,
                            INSECURE,
                            DENIED,
                            JETSTREAM_DISABLED,
                            OFFLINE -> RETRY;
                    default -> reason.isReconciling() ? RETRY : resync;
                };
        return spread(bound);
    }

    private Duration spread(Duration bound) {
        Duration interval = resync.compareTo(bound) < 0 ? resync : bound;
        double factor = 1 - JITTER + 2 * JITTER * random.nextDouble();
        return Duration.ofMillis((long) (interval.toMillis() * factor));
    }
}
