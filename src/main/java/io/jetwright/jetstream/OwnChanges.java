package io.jetwright.jetstream;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells the advisories of our own changes from those of others. An advisory does not say who made the change. So each of
 * our changes is announced, and the next equal advisory within five seconds counts as ours. Safe for use by several threads.
 */
final class OwnChanges {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Clock clock;
    private final Map<Advisory, Deque<Instant>> expected = new HashMap<>();

    OwnChanges(Clock clock) {
        this.clock = clock;
    }

    /** Announces a change; to be called before the request is sent. */
    synchronized void expect(Advisory advisory) {
        expected.computeIfAbsent(advisory, key -> new ArrayDeque<>())
                .add(clock.instant().plus(PATIENCE));
    }

    /** Takes an announcement back, since the server refused the change. */
    synchronized void forget(Advisory advisory) {
        take(advisory);
    }

    /** Whether an advisory that came is that of an announced change. Each announcement counts once. */
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
