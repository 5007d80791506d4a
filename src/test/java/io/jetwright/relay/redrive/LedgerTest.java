package io.jetwright.relay.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final Ledger LEDGER = new Ledger(
            "shop/back",
            "uid",
            "2026-01-01T00:00:00.123456789Z",
            900,
            800,
            2,
            "WRITER",
            "SERVER",
            Instant.parse("2026-01-02T00:00:00.5Z"),
            Sequences.parse("5-7,9"),
            Sequences.parse("3"),
            Map.of("ORDERS", new Ledger.Mark(40, 1)));

    @Test
    void itIsReadAsItWasWritten() throws Exception {
        assertThat(Ledger.of(Requests.JSON.readTree(LEDGER.json().toString()))).isEqualTo(LEDGER);
    }

    @Test
    void itDoesNotChangeWithTheSetsThatItWasMadeFrom() {
        var open = new TreeSet<>(LEDGER.open());
        Ledger next = LEDGER.with(open, LEDGER.uncertain());
        open.clear();
        assertThat(next).isEqualTo(LEDGER);
    }

    @Test
    void whatIsOpenLongerThanItSaysKeepsItsTime() {
        assertThat(LEDGER.with(Sequences.parse("5"), LEDGER.uncertain()).noted())
                .isEqualTo(LEDGER.noted());
        assertThat(LEDGER.with(Sequences.parse("5"), LEDGER.uncertain()).server())
                .isEqualTo("SERVER");
        assertThat(LEDGER.settled(LEDGER.uncertain(), "OTHER").noted()).isNull();
        assertThat(LEDGER.settled(LEDGER.uncertain(), "OTHER").open()).isEmpty();
        assertThat(LEDGER.settled(LEDGER.uncertain(), "OTHER").server()).isEqualTo("OTHER");
    }

    @Test
    void targetsOnlyGetFurther() {
        assertThat(LEDGER.withTargets(Map.of("ORDERS", 50L, "OTHER", 7L)).targets())
                .isEqualTo(Map.of("ORDERS", new Ledger.Mark(50, 1)));
        assertThat(LEDGER.withTargets(Map.of("ORDERS", 30L))).isEqualTo(LEDGER);
        assertThat(LEDGER.withTargets(Map.of())).isEqualTo(LEDGER);
    }
}
