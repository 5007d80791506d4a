package io.jetwright.operator.wake;

import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.status.Reason;
import java.time.Duration;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgainTest {
    private static final double EARLIEST = 0;
    private static final double LATEST = Math.nextDown(1.0);

    private static Duration after(Reason reason, Duration resync, double chance) {
        return again(resync, chance).after(reason);
    }

    private static Again again(Duration resync, double chance) {
        return new Again(resync, new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new UnsupportedOperationException();
            }

            @Override
            public double nextDouble() {
                return chance;
            }
        });
    }

    @ParameterizedTest
    @EnumSource(
            names = {"IN_SYNC", "SUSPENDED", "DRIFTED", "CONFLICT", "IMMUTABLE", "REJECTED", "UNSUPPORTED", "INVALID"})
    void whatWaitsForSomebodyIsLookedAtAtTheResync(Reason reason) {
        assertThat(after(reason, Duration.ofMinutes(10), EARLIEST)).isEqualTo(Duration.ofMinutes(9));
        assertThat(after(reason, Duration.ofMinutes(10), 0.5)).isEqualTo(Duration.ofMinutes(10));
        assertThat(after(reason, Duration.ofMinutes(10), LATEST))
                .isBetween(Duration.ofSeconds(659), Duration.ofMinutes(11));
    }

    @ParameterizedTest
    @EnumSource(
            names = {"UNREACHABLE", "DENIED", "JETSTREAM_DISABLED", "OFFLINE", "STREAM_NOT_READY", "WAITING_UNTIL_EMPTY"
            })
    void whatMayBeCuredByItselfIsTriedAgainAtLeastEveryThirtySeconds(Reason reason) {
        assertThat(after(reason, Duration.ofDays(1), LATEST)).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(30));
    }

    private static Stream<Reason> reconciling() {
        return Stream.of(Reason.values()).filter(Reason::isReconciling);
    }

    @ParameterizedTest
    @MethodSource("reconciling")
    void whatIsReconcilingIsLookedAtAgainAtLeastEveryThirtySeconds(Reason reason) {
        assertThat(after(reason, Duration.ofDays(1), LATEST)).isLessThanOrEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void whetherAStreamIsEmptyIsAskedEveryFiveSeconds() {
        assertThat(after(Reason.WAITING_UNTIL_EMPTY, Duration.ofMinutes(1), 0.5))
                .isEqualTo(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @CsvSource({"0, 1000", "400, 1000", "1000, 1000", "2000, 2000", "4000, 4000", "15999, 15999", "60000, 27000"})
    void whatIsRefusedIsTriedAgainAfterAsLongAsItHasBeenWaiting(long elapsed, long delay) {
        assertThat(again(Duration.ofHours(1), 0.5).afterWaiting(Duration.ofMillis(elapsed)))
                .isEqualTo(Duration.ofMillis(delay));
    }

    @Test
    void whatIsRefusedIsTriedAgainAtLeastEveryThirtySecondsAndAtTheResync() {
        assertThat(again(Duration.ofHours(1), LATEST).afterWaiting(Duration.ofDays(1)))
                .isLessThanOrEqualTo(Duration.ofSeconds(30));
        assertThat(again(Duration.ofSeconds(2), 0.5).afterWaiting(Duration.ofDays(1)))
                .isEqualTo(Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @EnumSource
    void aResyncThatIsShorterIsForAll(Reason reason) {
        assertThat(after(reason, Duration.ofSeconds(2), 0.5)).isEqualTo(Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.25, 0.75, 0.999})
    void itIsSpreadOut(double chance) {
        assertThat(after(Reason.IN_SYNC, Duration.ofSeconds(100), chance))
                .isEqualTo(Duration.ofMillis((long) (90_000 + 20_000 * chance)));
    }
}
