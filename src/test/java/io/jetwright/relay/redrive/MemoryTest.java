package io.jetwright.relay.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MemoryTest {
    private final Memory memory = new Memory();

    private static Optional<Ledger> writtenBy(String writer) {
        return Optional.of(new Ledger(
                "shop/back", "uid", "", 9, 9, 0, writer, "", null, new TreeSet<>(), new TreeSet<>(), Map.of()));
    }

    @BeforeEach
    void threeWereAnnouncedAndTwoSent() {
        memory.announced(Set.of(1L, 2L, 3L));
        memory.sent(1);
        memory.confirmed(1);
        memory.sent(2);
    }

    @Test
    void itHoldsWhileNobodyElseHasWrittenTheLedger() {
        memory.compareWith(writtenBy(memory.writer()));

        assertThat(memory.unsent()).containsExactly(3L);
        assertThat(memory.isConfirmed(1)).isTrue();
        assertThat(memory.isConfirmed(2)).isFalse();
        assertThat(memory.isConfirmed(3)).isFalse();
    }

    @Test
    void itIsWorthNothingOnceSomebodyElseHas() {
        memory.compareWith(writtenBy(new Memory().writer()));

        assertThat(memory.unsent()).isEmpty();
        assertThat(memory.isConfirmed(1)).isFalse();
    }

    @Test
    void withoutALedgerItIsWorthNothing() {
        memory.compareWith(Optional.empty());

        assertThat(memory.unsent()).isEmpty();
    }

    @Test
    void whatIsRemovedIsForgotten() {
        memory.forget(Set.of(1L, 3L));

        assertThat(memory.unsent()).isEmpty();
        assertThat(memory.isConfirmed(1)).isFalse();
    }
}
