package io.jetwright.relay;

import io.jetwright.api.DeadLetterReason;
import io.jetwright.letter.Death;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is known of the dead letters of one consumer. Safe for use by several threads. */
final class ConsumerState {
    private static final int CAPACITY = 10_000;

    /** When those died that are not dealt with, by the sequence of the advisory; the first ones. */
    private final Map<Long, Instant> waiting = new ConcurrentHashMap<>();

    private volatile long pending;
    private volatile @Nullable String problem;
    private volatile @Nullable String warning;
    private volatile @Nullable Instant oldestFailed;
    private volatile @Nullable Last last;
    private volatile @Nullable Instant completeSince;

    /** The last death. */
    record Last(DeadLetterReason reason, Instant time) {}

    /** An advisory has come. */
    void came(long sequence, Death death) {
        if (waiting.size() < CAPACITY) {
            waiting.put(sequence, death.time());
        }
    }

    /** It is dealt with. */
    void done(long sequence) {
        waiting.remove(sequence);
    }

    /** It could not be dealt with, and comes again: maybe to another relay. */
    synchronized void failed(long sequence, Death death) {
        waiting.remove(sequence);
        Instant known = oldestFailed;
        if (known == null || death.time().isBefore(known)) {
            oldestFailed = death.time();
        }
    }

    /**
     * A letter of this death is stored.
     *
     * @param before when the last one before this process died; empty for none
     * @param burst deaths no further apart belong together
     * @return whether it is the first of a burst
     */
    synchronized boolean died(Death death, Optional<Instant> before, Duration burst) {
        Last known = last;
        Optional<Instant> latest = known == null ? before : Optional.of(known.time());
        if (known == null || known.time().isBefore(death.time())) {
            last = new Last(death.reason(), death.time());
        }
        return latest.isEmpty() || latest.get().plus(burst).isBefore(death.time());
    }

    Optional<Last> last() {
        return Optional.ofNullable(last);
    }

    /** How many advisories are still to come, as the server has said last. */
    void pending(long number) {
        pending = number;
    }

    /** How many messages have died whose letter is not stored, as far as it is known. */
    long waiting() {
        return pending + waiting.size();
    }

    /** How many of them are being dealt with. */
    int open() {
        return waiting.size();
    }

    /** When the first of them died; empty for none. */
    Optional<Instant> oldestWaiting() {
        return Stream.concat(Stream.ofNullable(oldestFailed), waiting.values().stream())
                .min(Instant::compareTo);
    }

    /** Why letters are not stored; null while they are. Returns whether it is news. */
    synchronized boolean problem(@Nullable String text) {
        if (text == null) {
            oldestFailed = null;
        }
        boolean isNews = !Objects.equals(problem, text);
        problem = text;
        return isNews;
    }

    @Nullable
    String problem() {
        return problem;
    }

    /** Why letters may be lost although they are stored, or some of them not be stored; empty for nothing. */
    void warning(Optional<String> text) {
        warning = text.orElse(null);
    }

    @Nullable
    String warning() {
        return warning;
    }

    void completeSince(Instant time) {
        completeSince = time;
    }

    @Nullable
    Instant completeSince() {
        return completeSince;
    }
}
