package io.jetwright.relay.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long MILLISECOND = 1_000_000;

    @Test
    void turnsAreAtEvenDistances() {
        var pace = new Pace(100, 0);
        assertThat(pace.take(0)).isZero();
        assertThat(pace.take(0)).isEqualTo(10 * MILLISECOND);
        assertThat(pace.take(10 * MILLISECOND)).isEqualTo(10 * MILLISECOND);
    }

    @Test
    void aThreadThatSleepsALittleTooLongDoesNotSlowItDown() {
        var pace = new Pace(1000, 0);
        long now = 0;
        for (int i = 0; i < 1000; i++) {
            now += pace.take(now);
            now += MILLISECOND / 10;
        }
        assertThat(now).isBetween(990 * MILLISECOND, 1010 * MILLISECOND);
    }

    @Test
    void afterAPauseNothingIsMadeUpFor() {
        var pace = new Pace(1000, 0);
        long late = 10_000 * MILLISECOND;
        int atOnce = 0;
        while (pace.take(late) == 0) {
            atOnce++;
        }
        assertThat(atOnce).isBetween(1, 7);
    }

    @Test
    void withoutARateNobodyWaits() {
        var pace = new Pace(null, 0);
        assertThat(pace.take(0)).isZero();
        assertThat(pace.take(0)).isZero();
    }
}
