package io.jetwright.eventlogger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.1.2.3, true",
        "10.0.0.0/8, 11.1.2.3, false",
        "10.128.0.0/9, 10.127.255.255, false",
        "10.128.0.0/9, 10.128.0.1, true",
        "192.168.1.7, 192.168.1.7, true",
        "192.168.1.7, 192.168.1.8, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "2001:db8::/32, 2001:db8:1::5, true",
        "2001:db8::/32, 2001:db9::5, false"
    })
    void containsTheAddressesWithItsPrefix(String network, String address, boolean contains) {
        assertThat(Network.parse(network).contains(Network.address(address).orElseThrow()))
                .isEqualTo(contains);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "localhost", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/x", "2001:db8::/129", "10.0.0.0/-1", "a.b"
            })
    void anythingElseIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Network.parse(text))
                .withMessageContaining("expected such as 10.0.0.0/8");
    }

    @Test
    void aNameIsNoAddressAndNobodyIsAskedForIt() {
        assertThat(Network.address("example.invalid")).isEmpty();
        assertThat(Network.address("unknown")).isEmpty();
        assertThat(Network.address("_hidden")).isEmpty();
    }
}
