package io.jetwright.eventlogger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryBudgetTest {
    private static final int MIB = 1 << 20;

    /** With the default memory limit of an EventLogger, of which two fifths are heap. */
    @Test
    void theDefaultHeapHasRoomForAThousandListeners() {
        MemoryBudget budget = MemoryBudget.of(124 * MIB);

        assertThat(budget.listeners()).isEqualTo(1_000);
        assertThat(budget.log()).isEqualTo(124 * MIB / 8);
        assertThat(budget.message()).isGreaterThan(3 * MIB);
    }

    @ParameterizedTest
    @ValueSource(longs = {64, 124, 512, 4_096, 100_000})
    void allPartsTogetherLeaveRoomForTheRest(long mebibytes) {
        long heap = mebibytes * MIB;
        MemoryBudget budget = MemoryBudget.of(heap);

        long parts = budget.log()
                + budget.readAhead()
                + budget.acknowledgeAhead()
                + budget.catchUp()
                + budget.bodies()
                + budget.publishing()
                + budget.listeners() * (32L << 10);
        assertThat(parts).isLessThan(heap * 7 / 10);
    }

    @Test
    void evenASmallHeapTakesAMessageOfAServersDefaultMaximum() {
        MemoryBudget budget = MemoryBudget.of(16 * MIB);

        assertThat(budget.message()).isGreaterThan(MIB);
        assertThat(budget.log()).isGreaterThanOrEqualTo(budget.message());
        assertThat(budget.catchUp()).isGreaterThanOrEqualTo(budget.message());
        assertThat(budget.listeners()).isBetween(10, 200);
    }
}
