package io.jetwright.operator.report;

import static io.jetwright.operator.report.StatusWrites.Cause.INTERVAL;
import static io.jetwright.operator.report.StatusWrites.Cause.POSTPONED;
import static io.jetwright.operator.report.StatusWrites.Cause.SHARE;
import static io.jetwright.operator.report.StatusWrites.Cause.STATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.jetwright.SettableClock;
import io.jetwright.api.StreamStatus;
import io.jetwright.operator.report.StatusWrites.Cause;
import io.jetwright.operator.report.StatusWrites.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StatusWritesTest {
    private final SettableClock clock = new SettableClock("2026-06-01T12:00:00Z");
    private final List<Cause> causes = new ArrayList<>();
    private final StatusWrites writes = writes(new Limits(Duration.ofMinutes(5), 0.1, 2));

    private StatusWrites writes(Limits limits) {
        return new StatusWrites(limits, clock, causes::add);
    }

    private static StreamStatus status(@Nullable String readTime, long messages) {
        return Serialization.unmarshal(
                "{%s \"messages\": %d}"
                        .formatted(readTime == null ? "" : "\"readTime\": \"%s\",".formatted(readTime), messages),
                StreamStatus.class);
    }

    @Test
    void theFirstStatusIsWritten() {
        assertThat(writes.isDue(null, status("2026-06-01T12:00:00Z", 0))).isTrue();
        assertThat(causes).containsExactly(STATE);
    }

    @Test
    void whatIsTheSameIsNotWrittenHoweverOldItIs() {
        assertThat(writes.isDue(status("2026-06-01T09:00:00Z", 7), status("2026-06-01T12:00:00Z", 7)))
                .isFalse();
        assertThat(causes).isEmpty();
    }

    @Test
    void aChangeOfStateIsWrittenAtOnce() {
        StreamStatus moved = Serialization.unmarshal(
                "{\"readTime\": \"2026-06-01T12:00:01Z\", \"messages\": 1000, \"leader\": \"b\"}", StreamStatus.class);
        assertThat(writes.isDue(status("2026-06-01T12:00:00Z", 1000), moved)).isTrue();
        assertThat(causes).containsExactly(STATE);
    }

    @Test
    void aSmallChangeIsWrittenWhenTheIntervalIsOver() {
        assertThat(writes.isDue(status("2026-06-01T12:00:00Z", 1000), status("2026-06-01T12:04:59Z", 1001)))
                .isFalse();
        assertThat(writes.isDue(status("2026-06-01T12:00:00Z", 1000), status("2026-06-01T12:05:00Z", 1001)))
                .isTrue();
        assertThat(causes).containsExactly(POSTPONED, INTERVAL);
    }

    @Test
    void aStatusOfUnknownAgeIsOld() {
        assertThat(writes.isDue(status(null, 1000), status("2026-06-01T12:00:00Z", 1001)))
                .isTrue();
        assertThat(causes).containsExactly(INTERVAL);
    }

    @Test
    void theShareIsEnoughAndLessIsNot() {
        assertThat(writes.isDue(status("2026-06-01T12:00:00Z", 1000), status("2026-06-01T12:00:01Z", 901)))
                .isFalse();
        assertThat(writes.isDue(status("2026-06-01T12:00:00Z", 1000), status("2026-06-01T12:00:01Z", 900)))
                .isTrue();
        assertThat(causes).containsExactly(POSTPONED, SHARE);
    }

    @Test
    void noMoreAreWrittenForTheShareInAMinuteThanMayBe() {
        StreamStatus before = status("2026-06-01T12:00:00Z", 0);
        StreamStatus after = status("2026-06-01T12:00:01Z", 5);
        assertThat(writes.isDue(before, after)).isTrue();
        assertThat(writes.isDue(before, after)).isTrue();
        assertThat(writes.isDue(before, after)).isFalse();
        clock.advance(Duration.ofSeconds(59));
        assertThat(writes.isDue(before, after)).isFalse();
        clock.advance(Duration.ofSeconds(1));
        assertThat(writes.isDue(before, after)).isTrue();
        assertThat(causes).containsExactly(SHARE, SHARE, POSTPONED, POSTPONED, SHARE);
    }

    @Test
    void withoutAnIntervalEachChangeIsWritten() {
        assertThat(writes(new Limits(Duration.ZERO, 1, 0))
                        .isDue(status("2026-06-01T12:00:00Z", 1000), status("2026-06-01T12:00:00Z", 1001)))
                .isTrue();
    }
}
