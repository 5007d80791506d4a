package io.jetwright.relay.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
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
        var progress = new Progress(null, (outcome, letters) -> {});
        progress.begin(Instant.EPOCH, 2000, 0, sent);
        for (int i = 0; i < dead; i++) {
            progress.diedAgain();
        }
        assertThat(progress.isBeyond(percent, 10)).isEqualTo(isBeyond);
    }

    @Test
    void eachDeadLetterIsCountedOnceWhateverBecameOfIt() {
        Map<RedriveOutcome, Long> counted = new EnumMap<>(RedriveOutcome.class);
        var progress = new Progress(null, (outcome, letters) -> counted.merge(outcome, letters, Long::sum));
        progress.begin(Instant.EPOCH, 10, 2, 0);
        progress.sent();
        progress.refused();
        progress.left();
        progress.begin(Instant.EPOCH, 10, 2, 1);
        progress.sent();
        progress.refused();
        progress.left();
        progress.uncertain(3);
        progress.end();

        assertThat(counted)
                .isEqualTo(Map.of(
                        RedriveOutcome.SENT, 2L,
                        RedriveOutcome.NO_PAYLOAD, 2L,
                        RedriveOutcome.TOO_LARGE, 1L,
                        RedriveOutcome.UNFINISHED, 1L,
                        RedriveOutcome.UNCERTAIN, 3L));
        assertThat(progress.skipped()).isEqualTo(3);
        assertThat(progress.done()).isEqualTo(2);
    }
}
