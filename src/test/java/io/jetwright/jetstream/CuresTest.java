package io.jetwright.jetstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CuresTest {
    @ParameterizedTest
    @CsvSource({
        "10101, deliverPolicy: all",
        "10099, filterSubject",
        "10100, filterSubject",
        "10084, ackPolicy: explicit",
        "10098, ackPolicy: explicit",
        "10034, spec.mirror",
        "10065, spec.subjects",
        "10074, replicas: 1",
        "10005, placement",
        "10047, maxBytes",
        "10113, maxBytes",
        "10026, maxConsumers",
        "10069, consumerLimits",
        "10121, maxAckPending",
        "10153, inactiveThreshold",
        "10081, deliverSubject",
        "10082, consumerLimits",
        "10138, filterSubjects",
        "10140, subjectTransforms",
        "10013, recreatePolicy: Always",
        "10116, maxDeliver",
        "10123, one after the other",
        "10124, tries again"
    })
    void theCureNamesTheFieldOfTheSpec(int code, String part) {
        assertThat(Cures.of(code)).contains(part);
    }

    @ParameterizedTest
    @ValueSource(ints = {10101, 10099, 10084, 10065, 10074, 10005, 10023, 10027, 10013, 10116, 10123, 10124})
    void aCureIsASentenceWithoutItsEnd(int code) {
        assertThat(Cures.of(code)).matches("[A-Z].*[^.]");
    }

    @Test
    void whatTheServersTextSaysItselfHasNoCure() {
        assertThat(Cures.of(10058)).isEmpty();
        assertThat(Cures.of(0)).isEmpty();
    }
}
