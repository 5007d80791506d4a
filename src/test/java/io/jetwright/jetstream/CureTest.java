package io.jetwright.jetstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CureTest {
    private static Optional<String> field(String name) {
        return Optional.ofNullable(
                Map.of("max_bytes", "maxBytes", "num_replicas", "replicas").get(name));
    }

    @Test
    void aWayIsASentenceWithTheFieldAsTheSpecNamesIt() {
        assertThat(Cure.of("lower {max_bytes}").words(CureTest::field)).isEqualTo("Lower spec.maxBytes");
    }

    @Test
    void severalWaysAreAlternatives() {
        assertThat(Cure.of("lower {max_bytes}", "lower {num_replicas}", "add a server")
                        .words(CureTest::field))
                .isEqualTo("Lower spec.maxBytes, lower spec.replicas, or add a server");
    }

    @Test
    void aWayThatNamesAFieldWhichTheKindDoesNotHaveIsLeftOut() {
        assertThat(Cure.of("lower {max_bytes} or {max_age}", "add a server").words(CureTest::field))
                .isEqualTo("Add a server");
        assertThat(Cure.of("lower {max_age}").words(CureTest::field)).isEmpty();
    }

    @Test
    void ofTheFormsOfAWayTheFirstIsTakenWhoseFieldsTheKindHas() {
        Cure cure = Cure.of("lower {max_age} | lower {max_bytes} | lower {num_replicas}", "add a server");
        assertThat(cure.words(CureTest::field)).isEqualTo("Lower spec.maxBytes, or add a server");
        assertThat(Cure.of("lower {max_age} | add a server").words(CureTest::field))
                .isEqualTo("Add a server");
    }

    @Test
    void anExplanationComesFirstAndStandsWithoutAWay() {
        assertThat(Cure.of("lower {max_bytes}").because("The disk is full").words(CureTest::field))
                .isEqualTo("The disk is full: lower spec.maxBytes");
        assertThat(Cure.of("lower {max_age}").because("The disk is full").words(CureTest::field))
                .isEqualTo("The disk is full");
        assertThat(Cure.NONE.words(CureTest::field)).isEmpty();
    }
}
