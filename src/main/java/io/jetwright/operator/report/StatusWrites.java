package io.jetwright.operator.report;

import io.jetwright.api.AssetStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Says which statuses are worth a write: at once where more than measurements has changed; where only measurements have, if the
 * last write is long enough ago, or if a number has changed by much and not too many were written for that reason lately.
 */
public final class StatusWrites {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Limits limits;
    private final Clock clock;
    private final Consumer<Cause> counter;
    private Instant minute = Instant.EPOCH;
    private int writtenInMinute;

    /**
     * When measurements are written.
     *
     * @param interval at the latest after so long; zero: whenever they differ
     * @param share sooner, if a number differs by this share of the larger value, from 0 to 1
     * @param perMinute how many statuses are written in a minute for that share
     */
    public record Limits(Duration interval, double share, int perMinute) {}

    /** Why a status is written, or that it is not. */
    public enum Cause {
        /** More than measurements differs. */
        STATE,
        /** Measurements differ, and the interval is over. */
        INTERVAL,
        /** Measurements differ by the share. */
        SHARE,
        /** Measurements differ, and are not written now. */
        POSTPONED;

        /** The word for it in metrics. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Nothing written yet.
     *
     * @param counter is told why each status is written that differs, or that it is not
     */
    public StatusWrites(Limits limits, Clock clock, Consumer<Cause> counter) {
        this.limits = limits;
        this.clock = clock;
        this.counter = counter;
    }

    /**
     * Whether a status is written now.
     *
     * @param before the one that it would replace; null for none
     */
    public boolean isDue(@Nullable AssetStatus before, AssetStatus after) {
        if (after.equals(before)) {
            return false;
        }
        Cause cause = before == null || !Measurements.areAllThatDiffers(before, after)
                ? Cause.STATE
                : cause(before, after, Measurements.of(before).greatestChange(Measurements.of(after)));
        if (cause == null) {
            return false;
        }
        counter.accept(cause);
        return cause != Cause.POSTPONED;
    }

    /** Null where nothing differs but times. */
    private @Nullable Cause cause(AssetStatus before, AssetStatus after, double change) {
        if (change == 0) {
            return null;
        }
        if (isOld(before.readTime(), after.readTime())) {
            return Cause.INTERVAL;
        }
        return change >= limits.share() && isFree() ? Cause.SHARE : Cause.POSTPONED;
    }

    private boolean isOld(@Nullable String before, @Nullable String after) {
        return before == null
                || after == null
                || !Instant.parse(before).plus(limits.interval()).isAfter(Instant.parse(after));
    }

    private synchronized boolean isFree() {
        Instant now = clock.instant();
        if (!now.isBefore(minute.plus(MINUTE))) {
            minute = now;
            writtenInMinute = 0;
        }
        if (writtenInMinute == limits.perMinute()) {
            return false;
        }
        writtenInMinute++;
        return true;
    }
}
