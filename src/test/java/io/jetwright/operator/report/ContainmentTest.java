package io.jetwright.operator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ContainmentTest {
    private static Supplier<String> failing(Error error) {
        return () -> {
            throw error;
        };
    }

    @Test
    void whatGoesWellIsPassedOn() {
        assertThat(Containment.of(() -> "done")).isEqualTo("done");
    }

    @Test
    void theErrorOfOneResourceBecomesAnException() {
        assertThatThrownBy(() -> Containment.of(failing(new StackOverflowError())))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseInstanceOf(StackOverflowError.class);
        assertThatThrownBy(() -> Containment.of(failing(new NoClassDefFoundError("Gone"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("java.lang.NoClassDefFoundError: Gone");
    }

    @Test
    void theErrorOfAllStaysOne() {
        assertThatThrownBy(() -> Containment.of(failing(new OutOfMemoryError())))
                .isInstanceOf(OutOfMemoryError.class);
    }
}
