package io.jetwright.operator.report;

import static io.jetwright.operator.asset.Resources.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.jetwright.SettableClock;
import io.jetwright.api.Stream;
import io.jetwright.status.Conditions;
import io.jetwright.status.Reason;
import io.jetwright.status.SideCondition;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NewsTest {
    private static final Deed CREATED = new Deed("Created", "stream orders is created");

    private final Conditions conditions = new Conditions(new SettableClock("2026-06-01T12:00:00Z"));
    private final FakeEvents events = new FakeEvents();
    private final News news = new News(events);
    private final Stream orders = stream("orders", "{}");
    private @Nullable List<Condition> known;

    private void tell(Reason reason, String message) {
        tell(null, reason, message);
    }

    private void tell(@Nullable Deed deed, Reason reason, String message) {
        List<Condition> after = conditions.merge(known, reason, message, 1L);
        news.tell(orders, deed, new Assessment(reason, message), known, after);
        known = after;
    }

    @Test
    void aDeedIsToldAsItIs() {
        news.tell(orders, CREATED);
        assertThat(events.told()).containsExactly("Normal Created: stream orders is created");
    }

    @Test
    void agreementIsNotTold() {
        tell(Reason.IN_SYNC, "JetStream agrees");
        assertThat(events.told()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aWarningIsForWhatSomebodyHasToDoSomethingAbout(Reason reason) {
        tell(reason, "why");
        assertThat(events.told())
                .isEqualTo(reason.isStalled() ? List.of("Warning " + reason.word() + ": why") : List.of());
    }

    private void tell(SideCondition side) {
        Assessment assessment = new Assessment(Reason.IN_SYNC, "JetStream agrees").with(side);
        List<Condition> after =
                conditions.merge(known, assessment.reason(), assessment.message(), 1L, assessment.side());
        news.tell(orders, null, assessment, known, after);
        known = after;
    }

    private static SideCondition side(Reason reason, String message, boolean isWarning) {
        return new SideCondition("DeadLetters", reason, message, isWarning);
    }

    @Test
    void aConditionBesideIsToldOnceForEachMessageIfItIsAWarning() {
        tell(side(Reason.RELAYED, "all is well", false));
        tell(side(Reason.NOT_RELAYED, "denied", true));
        tell(side(Reason.NOT_RELAYED, "denied", true));
        tell(side(Reason.NOT_RELAYED, "too large", true));
        assertThat(events.told()).containsExactly("Warning NotRelayed: denied", "Warning NotRelayed: too large");
    }

    @Test
    void aConditionBesideThatKeepsFromBeingReadyIsToldOnce() {
        tell(side(Reason.LETTER_LOOP, "from A to A", true));
        assertThat(events.told()).containsExactly("Warning LetterLoop: from A to A");
    }

    @Test
    void aDeedIsToldBeforeTheWarningThatFollowsIt() {
        tell(CREATED, Reason.NOT_APPLIED, "the server has other values");
        assertThat(events.told())
                .containsExactly(
                        "Normal Created: stream orders is created", "Warning NotApplied: the server has other values");
    }

    @Test
    void theSameWarningIsToldOnce() {
        tell(Reason.REJECTED, "why");
        tell(Reason.REJECTED, "why");
        assertThat(events.told()).containsExactly("Warning Rejected: why");
    }

    @Test
    void aWarningForAnotherReasonOrInOtherWordsIsTold() {
        tell(Reason.REJECTED, "why");
        tell(Reason.REJECTED, "because");
        tell(Reason.IMMUTABLE, "because");
        assertThat(events.told())
                .containsExactly("Warning Rejected: why", "Warning Rejected: because", "Warning Immutable: because");
    }

    @Test
    void aWarningThatComesBackIsToldAgain() {
        tell(Reason.CONFLICT, "why");
        tell(Reason.IN_SYNC, "JetStream agrees");
        tell(Reason.CONFLICT, "why");
        assertThat(events.told()).containsExactly("Warning Conflict: why", "Warning Conflict: why");
    }
}
