package io.jetwright.eventlogger;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientsTest {
    private static final InetAddress PROXY = address("10.0.0.9");
    private static final InetAddress STRANGER = address("203.0.113.9");

    private final Clients clients = new Clients(List.of(Network.parse("10.0.0.0/8")), 2);

    private static InetAddress address(String text) {
        return Network.address(text).orElseThrow();
    }

    @Test
    void withoutAProxyTheClientIsThePeer() {
        assertThat(clients.client(STRANGER, List.of())).isEqualTo("203.0.113.9");
    }

    @Test
    void aStrangerIsNotBelieved() {
        assertThat(clients.client(STRANGER, List.of("198.51.100.1"))).isEqualTo("203.0.113.9");
    }

    @Test
    void aTrustedProxyIsBelievedAboutItsPeerAlone() {
        assertThat(clients.client(PROXY, List.of("198.51.100.1, 203.0.113.9"))).isEqualTo("203.0.113.9");
        assertThat(clients.client(PROXY, List.of("198.51.100.1", "203.0.113.9")))
                .isEqualTo("203.0.113.9");
    }

    @Test
    void behindSeveralTrustedProxiesTheClientIsTheFirstThatIsNone() {
        assertThat(clients.client(PROXY, List.of("198.51.100.1, 203.0.113.9, 10.0.0.7, 10.0.0.8")))
                .isEqualTo("203.0.113.9");
    }

    @Test
    void whatIsNoAddressIsNotBelieved() {
        assertThat(clients.client(PROXY, List.of("unknown"))).isEqualTo("10.0.0.9");
        assertThat(clients.client(PROXY, List.of(""))).isEqualTo("10.0.0.9");
    }

    @Test
    void oneClientCanHaveAllAddressesOfAnIpv6Network() {
        assertThat(clients.client(address("2001:db8::1"), List.of()))
                .isEqualTo(clients.client(address("2001:db8::ffff:1"), List.of()))
                .isNotEqualTo(clients.client(address("2001:db8:0:1::1"), List.of()));
    }

    @Test
    void eachMayHaveSoMany() {
        assertThat(clients.enter("a")).isTrue();
        assertThat(clients.enter("a")).isTrue();
        assertThat(clients.enter("a")).isFalse();
        assertThat(clients.enter("b")).isTrue();

        clients.leave("a");

        assertThat(clients.enter("a")).isTrue();
    }
}
