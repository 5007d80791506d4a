package io.jetwright.operator.asset;

import io.jetwright.operator.report.Assessment;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A relay of dead letters that runs, or not. */
public final class FakeRelay implements Relay {
    private Optional<Assessment> problem = Optional.empty();
    private @Nullable BooleanSupplier wanted;
    private @Nullable Runnable changed;

    /** Whether it runs is another than before; told if somebody wants to know. */
    public void put(Optional<Assessment> now) {
        problem = now;
        if (wanted != null && changed != null && wanted.getAsBoolean()) {
            changed.run();
        }
    }

    @Override
    public Optional<Assessment> problem() {
        return problem;
    }

    @Override
    public void watch(BooleanSupplier isWanted, Runnable changed) {
        this.wanted = isWanted;
        this.changed = changed;
    }
}
