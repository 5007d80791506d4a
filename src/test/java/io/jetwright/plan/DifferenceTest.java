package io.jetwright.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DifferenceTest {
    private static final Difference MAX_AGE = new Difference("maxAge", "7d", "1d");
    private static final Difference MAX_MSGS = new Difference("maxMsgs", "(the server's default)", "5");

    @Test
    void readsFromWhatJetStreamHasToWhatTheSpecSays() {
        assertThat(MAX_AGE).hasToString("maxAge: 1d -> 7d");
    }

    @Test
    void severalAreShownInOneLineInTheirOrder() {
        assertThat(Difference.show(List.of(MAX_MSGS, MAX_AGE)))
                .isEqualTo("maxMsgs: 5 -> (the server's default); maxAge: 1d -> 7d");
        assertThat(Difference.show(List.of(MAX_AGE))).isEqualTo("maxAge: 1d -> 7d");
    }

    @Test
    void noneAreShownAsNothing() {
        assertThat(Difference.show(List.of())).isEmpty();
    }
}
