package io.jetwright.relay.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpeedTest {
    private static final long SECOND = 1_000_000_000;

    @ParameterizedTest
    @CsvSource({"10, 1000, 100/s, 1m30s", "2, 9, 4.5/s, 33m20s", "1, 5000, 5000/s, 2s"})
    void rateAndTimeLeftAreAsPeopleReadThem(int seconds, long done, String rate, String timeLeft) {
        var speed = new Speed();
        speed.note(0, 0);
        speed.note(seconds * SECOND, done);
        assertThat(speed.text()).contains(rate);
        assertThat(speed.timeLeft(9000)).contains(timeLeft);
    }

    @Test
    void itIsThatOfTheLastSeconds() {
        var speed = new Speed();
        for (int second = 0; second <= 60; second++) {
            speed.note(second * SECOND, second < 30 ? 0 : (second - 30) * 10L);
        }
        assertThat(speed.text()).contains("10/s");
    }

    @Test
    void whatIsNotKnownIsNotShown() {
        var speed = new Speed();
        assertThat(speed.text()).isEmpty();
        speed.note(0, 5);
        speed.note(SECOND, 5);
        assertThat(speed.text()).isEmpty();
        assertThat(speed.timeLeft(3)).isEmpty();
    }
}
