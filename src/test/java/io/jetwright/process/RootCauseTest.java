package io.jetwright.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class RootCauseTest {
    @Test
    void theLastOfTheCausesIsTheRoot() {
        var root = new IOException("connection refused");
        assertThat(RootCause.of(new IllegalStateException(new UncheckedIOException(root))))
                .isSameAs(root);
    }

    @Test
    void aFailureWithoutACauseIsItsOwn() {
        var failure = new IOException("connection refused");
        assertThat(RootCause.of(failure)).isSameAs(failure);
    }
}
