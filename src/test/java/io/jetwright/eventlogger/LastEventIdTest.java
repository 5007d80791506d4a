package io.jetwright.eventlogger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LastEventIdTest {
    @Test
    void isTheIdOfAnEvent() {
        assertThat(LastEventId.parse("42-1jz").event()).hasValue(new EventId(42, 2_015));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "42", "999999999999999999"})
    void aMereSequenceDoesNotSayOfWhichStreamItIs(String id) {
        assertThat(LastEventId.parse(id).event()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "x", "1.5", " 1", "1000000000000000000000", "1-", "-1jz", "1-1JZ", "1-zzzzzzzzzzzzz"})
    void anythingElseIsABadRequest(String id) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> LastEventId.parse(id))
                .withMessageStartingWith("Last-Event-ID is none of the ids")
                .satisfies(problem -> assertThat(problem.status()).isEqualTo(400));
    }
}
