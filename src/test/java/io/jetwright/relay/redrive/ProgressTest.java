package io.jetwright.relay.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTest {
    @ParameterizedTest
    @CsvSource({
        "100, 51, 50, true",
        "100, 50, 50, false",
        "9, 9, 50, false",
        "10, 10, 50, true",
        "1000, 10, 0, true",
        "10, 10, 100, false"
    })
    void itStopsBeyondTheShareAndNotForAFew(int sent, int dead, int percent, boolean isBeyond) {
        var progress = new Progress(null);
        progress.begin(Instant.EPOCH, 2000, 0, sent);
        for (int i = 0; i < dead; i++) {
            progress.diedAgain();
        }
        assertThat(progress.isBeyond(percent, 10)).isEqualTo(isBeyond);
    }
}
