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

    /** In the order of their deadlines, also those that came meanwhile. */
    private final Deque<Announcement> announcements = new ArrayDeque<>();

    private record Announcement(Advisory advisory, Instant deadline) {}

    OwnChanges(Clock clock) {
        this.clock = clock;
    }

    /**
     * Announces a change; to be called before the request is sent. Forgets announcements that are too old: behind a domain or
     * prefix no advisory ever comes.
     */
    synchronized void expect(Advisory advisory) {
        Instant now = clock.instant();
        Instant deadline = now.plus(PATIENCE);
        for (Announcement oldest = announcements.peek();
                oldest != null && oldest.deadline().isBefore(now);
                oldest = announcements.peek()) {
            announcements.remove();
            dropOutdated(oldest.advisory(), now);
        }
        announcements.add(new Announcement(advisory, deadline));
        expected.computeIfAbsent(advisory, key -> new ArrayDeque<>()).add(deadline);
    }

    /** How many announcements are remembered. */
    synchronized int size() {
        return announcements.size() + expected.size();
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
        dropOutdated(advisory, clock.instant());
        Deque<Instant> deadlines = expected.get(advisory);
        boolean taken = deadlines != null && deadlines.poll() != null;
        if (deadlines != null && deadlines.isEmpty()) {
            expected.remove(advisory);
        }
        return taken;
    }

    private void dropOutdated(Advisory advisory, Instant now) {
        expected.computeIfPresent(advisory, (key, deadlines) -> {
            deadlines.removeIf(deadline -> deadline.isBefore(now));
            return deadlines.isEmpty() ? null : deadlines;
        });
    }
}
