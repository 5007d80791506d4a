package io.jetwright.jetstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.SettableClock;
import io.jetwright.jetstream.Advisory.Action;
import io.jetwright.plan.AssetName.ConsumerName;
import io.jetwright.plan.AssetName.StreamName;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OwnChangesTest {
    private static final Advisory UPDATED = new Advisory(Action.UPDATED, new StreamName("ORDERS"));

    private final SettableClock clock = new SettableClock("2026-06-01T12:00:00Z");
    private final OwnChanges changes = new OwnChanges(clock);

    @Test
    void anAdvisoryThatNobodyAnnouncedIsThatOfOthers() {
        assertThat(changes.isOwn(UPDATED)).isFalse();
    }

    @Test
    void theFirstAdvisoryOfAnAnnouncedChangeIsOursAndTheNextIsNot() {
        changes.expect(UPDATED);
        assertThat(changes.isOwn(UPDATED)).isTrue();
        assertThat(changes.isOwn(UPDATED)).isFalse();
    }

    @Test
    void twoChangesHaveTwoAdvisories() {
        changes.expect(UPDATED);
        changes.expect(UPDATED);
        assertThat(changes.isOwn(UPDATED)).isTrue();
        assertThat(changes.isOwn(UPDATED)).isTrue();
        assertThat(changes.isOwn(UPDATED)).isFalse();
    }

    @Test
    void anotherActionOrAnotherObjectIsAnotherChange() {
        changes.expect(UPDATED);
        assertThat(changes.isOwn(new Advisory(Action.DELETED, new StreamName("ORDERS"))))
                .isFalse();
        assertThat(changes.isOwn(new Advisory(Action.UPDATED, new StreamName("INVOICES"))))
                .isFalse();
        assertThat(changes.isOwn(new Advisory(Action.UPDATED, new ConsumerName("ORDERS", "ORDERS"))))
                .isFalse();
        assertThat(changes.isOwn(UPDATED)).isTrue();
    }

    @Test
    void aRefusedChangeHasNoAdvisory() {
        changes.expect(UPDATED);
        changes.forget(UPDATED);
        assertThat(changes.isOwn(UPDATED)).isFalse();
    }

    @Test
    void forgettingWhatWasNeverExpectedDoesNothing() {
        changes.forget(UPDATED);
        changes.expect(UPDATED);
        assertThat(changes.isOwn(UPDATED)).isTrue();
    }

    @Test
    void anAdvisoryThatNeverCameIsNotTakenForOneThatComesLater() {
        changes.expect(UPDATED);
        clock.advance(Duration.ofSeconds(6));
        assertThat(changes.isOwn(UPDATED)).isFalse();
    }

    @Test
    void aLateAdvisoryIsOursStill() {
        changes.expect(UPDATED);
        clock.advance(Duration.ofSeconds(4));
        changes.expect(UPDATED);
        assertThat(changes.isOwn(UPDATED)).isTrue();
        clock.advance(Duration.ofSeconds(4));
        assertThat(changes.isOwn(UPDATED)).isTrue();
    }

    @Test
    void onlyTheOneThatIsTooOldIsForgotten() {
        changes.expect(UPDATED);
        clock.advance(Duration.ofSeconds(4));
        changes.expect(UPDATED);
        clock.advance(Duration.ofSeconds(4));
        assertThat(changes.isOwn(UPDATED)).isTrue();
        assertThat(changes.isOwn(UPDATED)).isFalse();
    }

    /** Behind a domain or prefix, or without the permission to subscribe, none comes. */
    @Test
    void whatIsTooOldTakesNoMemory() {
        for (int i = 0; i < 1_000; i++) {
            changes.expect(UPDATED);
            changes.expect(new Advisory(Action.CREATED, new StreamName("ORDERS-" + i)));
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(changes.size()).isLessThanOrEqualTo(2 * 2 * 6);
    }
}
