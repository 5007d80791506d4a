package io.jetwright.operator.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoutesTest {
    @Test
    void aConnectionIsKnownByItsNamespaceAndName() {
        assertThat(Routes.key(Given.connection("shop", "nats", "{servers: [a]}")))
                .isEqualTo("shop/nats");
        assertThat(Routes.key("shop", "nats")).isEqualTo("shop/nats");
    }
}
