package io.jetwright.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jetwright.nats.ConnectionSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class NatsLinkTest {
    /** Of a kind whose caches are not there yet, for example. */
    private static final ConnectionListener FAILING = new ConnectionListener() {
        @Override
        public void connected(ConnectionSettings settings) {
            throw new UnsupportedOperationException("connected");
        }

        @Override
        public void disconnected(ConnectionSettings settings) {
            throw new UnsupportedOperationException("disconnected");
        }

        @Override
        public void changed(ConnectionSettings settings, Advisory advisory) {
            throw new UnsupportedOperationException("changed");
        }
    };

    @Test
    void whateverTheListenerDoesItIsTriedAgain() throws Exception {
        // bound, and nobody listens there
        try (var bound = new Socket();
                var network = new Network()) {
            bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            try (var link = new NatsLink(settings(bound.getLocalPort()), FAILING, network, Pause.NONE, fresh -> {})) {
                await().until(() -> link.lastTrouble() != null);
                Link.Trouble first = link.lastTrouble();

                await().untilAsserted(() -> assertThat(link.lastTrouble()).isNotEqualTo(first));
            }
        }
    }

    private static ConnectionSettings settings(int port) {
        return new ConnectionSettings(List.of(URI.create("nats://127.0.0.1:" + port)), null);
    }
}
