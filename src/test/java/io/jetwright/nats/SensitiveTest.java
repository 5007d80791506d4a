package io.jetwright.nats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SensitiveTest {
    @ParameterizedTest
    @CsvSource({
        "no route to nats://user:secret@nats:4222, no route to nats://nats:4222",
        "nats://token@one and tls://user:secret@two, nats://one and tls://two",
        "nothing of https://nats.io/a@b to hide, nothing of https://nats.io/a@b to hide"
    })
    void whatIsSaidIsToldWithoutCredentials(String said, String told) {
        assertThat(Sensitive.withoutCredentials(said)).isEqualTo(told);
    }

    @Test
    void aSecretIsHiddenAndEqualToItsLike() {
        assertThat(new Sensitive("secret"))
                .hasToString("(hidden)")
                .isEqualTo(new Sensitive("secret"))
                .hasSameHashCodeAs(new Sensitive("secret"))
                .isNotEqualTo(new Sensitive("other"))
                .isNotEqualTo("secret");
        assertThat(new Sensitive("secret").reveal()).isEqualTo("secret");
    }
}
