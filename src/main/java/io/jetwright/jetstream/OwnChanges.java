package io.jetwright.jetstream;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells the advisories of our own changes from those of others. An advisory does not say who made the change, so each of
 * ours is announced, and the next advisory of its kind is taken for it. One that never comes is forgotten soon.
 */
final class OwnChanges {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Clock clock;
    private final Map<Advisory, Deque<Instant>> expected = new HashMap<>();

    OwnChanges(Clock clock) {
        this.clock = clock;
    }

    /** To be called before the change is requested. */
    synchronized void expect(Advisory advisory) {
        expected.computeIfAbsent(advisory, key -> new ArrayDeque<>())
                .add(clock.instant().plus(PATIENCE));
    }

    /** The change was refused, so that no advisory comes. */
    synchronized void forget(Advisory advisory) {
        take(advisory);
    }

    /** Whether an advisory is that of a change of ours. */
    synchronized boolean isOwn(Advisory advisory) {
        return take(advisory);
    }

    private boolean take(Advisory advisory) {
        Deque<Instant> deadlines = expected.get(advisory);
        if (deadlines == null) {
            return false;
        }
        Instant now = clock.instant();
        deadlines.removeIf(deadline -> deadline.isBefore(now));
        boolean taken = deadlines.poll() != null;
        if (deadlines.isEmpty()) {
            expected.remove(advisory);
        }
        return taken;
    }
}
