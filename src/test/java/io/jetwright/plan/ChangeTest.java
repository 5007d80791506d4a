package io.jetwright.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeTest {
    private static final Settings SETTINGS = Settings.of(Specs.json("{}"));
    private static final Difference DIFFERENCE = new Difference("maxAge", "7d", "1d");

    @Test
    void withoutAnObjectToCompareWithOrWhereItAgreesThereAreNoDifferences() {
        assertThat(new Change.None().differences()).isEmpty();
        assertThat(new Change.Create(SETTINGS).differences()).isEmpty();
    }

    @Test
    void theDifferencesThatAChangeWasMadeOfAreItsOwn() {
        List<Difference> differences = new ArrayList<>(List.of(DIFFERENCE));
        Change update = new Change.Update(SETTINGS, differences, true, false, false);
        Change immutable = new Change.Immutable(SETTINGS, differences);
        differences.clear();
        assertThat(update.differences()).containsExactly(DIFFERENCE);
        assertThat(immutable.differences()).containsExactly(DIFFERENCE);
    }
}
