package io.jetwright.relay.redrive;

import io.jetwright.api.Durations;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;

/** How fast it goes, over the last seconds, and how long it will take. */
final class Speed {
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final int MAX_POINTS = 64;

    private record Point(long time, long done) {}

    private final Deque<Point> points = new ArrayDeque<>();

    /** Notes how many are done by now, which is of {@link System#nanoTime}. */
    synchronized void note(long now, long done) {
        points.addLast(new Point(now, done));
        while (points.size() > MAX_POINTS
                || (points.size() > 2 && now - points.getFirst().time() > WINDOW.toNanos())) {
            points.removeFirst();
        }
    }

    /** In a second; 0 while it is not known. */
    synchronized double perSecond() {
        if (points.size() < 2) {
            return 0;
        }
        long nanoseconds = points.getLast().time() - points.getFirst().time();
        long done = points.getLast().done() - points.getFirst().done();
        return nanoseconds <= 0 ? 0 : done * 1e9 / nanoseconds;
    }

    /** As the status shows it; empty while it is not known. */
    Optional<String> text() {
        double rate = perSecond();
        return rate <= 0
                ? Optional.empty()
                : Optional.of(rate < 10 ? String.format(Locale.ROOT, "%.1f/s", rate) : Math.round(rate) + "/s");
    }

    /** How long so many more will take, in whole seconds; empty while it is not known. */
    Optional<String> timeLeft(long left) {
        double rate = perSecond();
        return rate <= 0
                ? Optional.empty()
                : Optional.of(Durations.format(Duration.ofSeconds((long) Math.ceil(left / rate))));
    }
}
