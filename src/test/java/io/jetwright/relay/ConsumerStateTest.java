package io.jetwright.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.api.DeadLetterReason;
import io.jetwright.letter.Death;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConsumerStateTest {
    private final ConsumerState state = new ConsumerState();

    private static Death death(long second) {
        return new Death(
                DeadLetterReason.MAX_DELIVERIES,
                "s",
                "c",
                second,
                1,
                null,
                Instant.ofEpochSecond(second),
                "" + second,
                "");
    }

    @Test
    void whatHasComeAndWhatIsStillToComeWaits() {
        state.came(1, death(10));
        state.came(2, death(9));
        state.pending(4);
        assertThat(state.waiting()).isEqualTo(6);
        assertThat(state.oldestWaiting()).contains(Instant.ofEpochSecond(9));

        state.done(1);
        state.done(2);

        assertThat(state.waiting()).isEqualTo(4);
        assertThat(state.oldestWaiting()).isEmpty();
    }

    @Test
    void whatFailedAgesUntilNothingIsInTheWay() {
        state.came(1, death(10));
        state.problem("no stream");
        state.failed(1, death(10));
        state.came(2, death(12));
        assertThat(state.oldestWaiting()).contains(Instant.ofEpochSecond(10));

        assertThat(state.problem(null)).isTrue();

        assertThat(state.oldestWaiting()).contains(Instant.ofEpochSecond(12));
    }

    @Test
    void theLastDeathIsTheLatestOne() {
        state.died(death(12), Optional.empty(), Duration.ofSeconds(60));
        state.died(death(10), Optional.empty(), Duration.ofSeconds(60));
        assertThat(state.last().orElseThrow().time()).isEqualTo(Instant.ofEpochSecond(12));
    }

    @Test
    void theFirstOfABurstIsOneAfterAPause() {
        Duration burst = Duration.ofSeconds(60);
        assertThat(state.died(death(1000), Optional.of(Instant.ofEpochSecond(990)), burst))
                .isFalse();
        assertThat(state.died(death(1050), Optional.empty(), burst)).isFalse();
        assertThat(state.died(death(1111), Optional.empty(), burst)).isTrue();
        assertThat(new ConsumerState().died(death(1), Optional.empty(), burst)).isTrue();
        assertThat(new ConsumerState().died(death(1000), Optional.of(Instant.ofEpochSecond(900)), burst))
                .isTrue();
    }

    @Test
    void aProblemIsNewsOnce() {
        assertThat(state.problem("a")).isTrue();
        assertThat(state.problem("a")).isFalse();
        assertThat(state.problem(null)).isTrue();
    }
}
