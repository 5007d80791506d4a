package io.jetwright.jetstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class CureTest {
    private static final Function<String, Optional<String>> FIELDS = name -> Optional.ofNullable(
            Map.of("max_bytes", "maxBytes", "num_replicas", "replicas").get(name));

    @Test
    void aWayIsASentenceWithTheFieldAsTheSpecNamesIt() {
        assertThat(Cure.of("lower {max_bytes}").words(FIELDS)).isEqualTo("Lower spec.maxBytes");
    }

    @Test
    void severalWaysAreAlternatives() {
        assertThat(Cure.of("lower {max_bytes}", "lower {num_replicas}", "add a server")
                        .words(FIELDS))
                .isEqualTo("Lower spec.maxBytes, lower spec.replicas, or add a server");
    }

    @Test
    void aWayThatNamesAFieldWhichTheKindDoesNotHaveIsLeftOut() {
        assertThat(Cure.of("lower {max_bytes} or {max_age}", "add a server").words(FIELDS))
                .isEqualTo("Add a server");
        assertThat(Cure.of("lower {max_age}").words(FIELDS)).isEmpty();
    }

    @Test
    void anExplanationComesFirstAndStandsWithoutAWay() {
        assertThat(Cure.of("lower {max_bytes}").because("The disk is full").words(FIELDS))
                .isEqualTo("The disk is full: lower spec.maxBytes");
        assertThat(Cure.of("lower {max_age}").because("The disk is full").words(FIELDS))
                .isEqualTo("The disk is full");
        assertThat(Cure.NONE.words(FIELDS)).isEmpty();
    }
}
