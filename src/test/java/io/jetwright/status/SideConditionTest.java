package io.jetwright.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.jetwright.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SideConditionTest {
    private final SettableClock clock = new SettableClock("2026-06-01T12:00:00Z");
    private final Conditions conditions = new Conditions(clock);

    private static SideCondition side(Reason reason) {
        return new SideCondition("DeadLetters", reason, "why", false);
    }

    @Test
    void itsStatusIsThatOfItsReason() {
        assertThat(side(Reason.RELAYED).status()).isEqualTo(Truth.TRUE);
        assertThat(side(Reason.RELAY_UNKNOWN).status()).isEqualTo(Truth.UNKNOWN);
        assertThat(side(Reason.LETTER_LOOP).status()).isEqualTo(Truth.FALSE);
    }

    @Test
    void itStandsBesideTheUsualOnesForAsLongAsItIsTold() {
        List<Condition> before =
                conditions.merge(null, Reason.IN_SYNC, "agrees", 3L, Optional.of(side(Reason.RELAYED)));
        Condition told = Conditions.find(before, "DeadLetters").orElseThrow();
        assertThat(told.getStatus()).isEqualTo("True");
        assertThat(told.getReason()).isEqualTo("Relayed");
        assertThat(told.getMessage()).isEqualTo("why");
        assertThat(told.getObservedGeneration()).isEqualTo(3);
        clock.advance(Duration.ofMinutes(1));
        List<Condition> after =
                conditions.merge(before, Reason.IN_SYNC, "agrees", 4L, Optional.of(side(Reason.LETTERS_MAY_BE_LOST)));
        assertThat(Conditions.find(after, "DeadLetters").orElseThrow().getLastTransitionTime())
                .isEqualTo("2026-06-01T12:00:00Z");
        assertThat(Conditions.find(
                        conditions.merge(after, Reason.IN_SYNC, "agrees", 4L, Optional.empty()), "DeadLetters"))
                .isEmpty();
    }
}
