package io.jetwright.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.relay.SubjectPositions.Position;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SubjectPositionsTest {
    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }

    @Test
    void aPositionThatWasKnownBeforeTheAdvisoryWasAskedForIsGood() {
        assertThat(new Position(7, seconds(5)).isGoodFor(seconds(100))).isTrue();
    }

    @Test
    void oneThatIsKnownSinceSoonAfterIsGoodSinceNobodyElseCanHaveTheAdvisoryYet() {
        assertThat(new Position(7, seconds(110)).isGoodFor(seconds(100))).isTrue();
    }

    @Test
    void oneThatIsKnownSinceLongAfterIsNotSinceAnotherRelayMayHaveHadTheAdvisory() {
        assertThat(new Position(7, seconds(120)).isGoodFor(seconds(100))).isFalse();
        assertThat(new Position(7, seconds(120)).next(9).isGoodFor(seconds(100)))
                .isFalse();
    }

    @Test
    void noMoreSubjectsAreRememberedThanThereIsRoomForAndThoseUsedLastStay() {
        var positions = new SubjectPositions(3);
        for (String subject : new String[] {"a", "b", "c"}) {
            positions.put(subject, new Position(1, 0));
        }
        positions.get("a");

        positions.put("d", new Position(1, 0));

        assertThat(positions.size()).isEqualTo(3);
        assertThat(positions.get("b")).isEmpty();
        assertThat(positions.get("a")).isPresent();
    }
}
