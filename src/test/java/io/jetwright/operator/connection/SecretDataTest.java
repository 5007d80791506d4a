package io.jetwright.operator.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretDataTest {
    @Test
    void aSecretIsShownByItsKeysAlone() {
        assertThat(new SecretData.Present(Map.of("password", "djNyeS1zM2NyZXQ=")))
                .hasToString("Present[password]");
    }
}
