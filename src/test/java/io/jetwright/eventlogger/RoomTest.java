package io.jetwright.eventlogger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class RoomTest {
    private final Room room = new Room(100);

    @Test
    void whatIsTakenIsGoneUntilItIsGivenBack() throws Exception {
        assertThat(room.take(60, Duration.ZERO, () -> true)).isTrue();
        assertThat(room.take(41, Duration.ZERO, () -> true)).isFalse();
        assertThat(room.used()).isEqualTo(60);
        assertThat(room.waited()).isOne();
        assertThat(room.refused()).isOne();

        room.giveBack(60);

        assertThat(room.take(100, Duration.ZERO, () -> true)).isTrue();
    }

    @Test
    void whoWaitsGetsWhatIsGivenBack() throws Exception {
        room.take(100, Duration.ZERO, () -> true);
        var waiting = new CountDownLatch(1);
        Thread.startVirtualThread(() -> {
            waiting.countDown();
            room.giveBack(50);
        });
        waiting.await();

        assertThat(room.take(50, Duration.ofMinutes(1), () -> true)).isTrue();
        assertThat(room.refused()).isZero();
    }

    @Test
    void whoDoesNotWantToWaitLongerGetsNothing() throws Exception {
        room.take(100, Duration.ZERO, () -> true);

        assertThat(room.take(1, Duration.ofMinutes(1), () -> false)).isFalse();
        assertThat(room.used()).isEqualTo(100);
    }
}
