package io.jetwright.eventlogger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TurnsTest {
    @Test
    void whoWaitsInVainIsToldToComeBack() {
        var turns = new Turns(2, Duration.ofMillis(10));
        turns.begin();
        turns.begin();

        assertThatExceptionOfType(Problem.class).isThrownBy(turns::begin).satisfies(problem -> {
            assertThat(problem.status()).isEqualTo(503);
            assertThat(problem.headers()).containsKey("Retry-After");
        });
        assertThat(turns.used()).isEqualTo(2);
        assertThat(turns.refused()).isEqualTo(1);

        turns.end();
        turns.begin();
        assertThat(turns.used()).isEqualTo(2);
    }
}
