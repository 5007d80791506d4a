package io.jetwright.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jetwright.nats.ConnectionSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class JetStreamConnectionTest {
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
            try (var connection = new JetStreamConnection(
                    settings(bound.getLocalPort()), FAILING, network, Pause.NONE, fresh -> {})) {
                await().until(() -> connection.lastTrouble() != null);
                ConnectionHealth.Trouble first = connection.lastTrouble();

                await().untilAsserted(() -> assertThat(connection.lastTrouble()).isNotEqualTo(first));
            }
        }
    }

    @Test
    void whatNobodyForesawIsToldAndTriedAgain() throws Exception {
        var attempts = new AtomicInteger();
        try (var server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
                var network = new Network()) {
            Thread.ofVirtual().start(() -> answer(server));
            try (var connection =
                    new JetStreamConnection(settings(server.getLocalPort()), FAILING, network, Pause.NONE, fresh -> {
                        attempts.incrementAndGet();
                        throw new UnsupportedOperationException("onConnect");
                    })) {
                await().untilAsserted(() -> assertThat(attempts).hasValueGreaterThan(1));

                assertThat(connection.lastTrouble()).isNotNull();
                assertThatThrownBy(connection::connection)
                        .isInstanceOf(JetStreamException.Unreachable.class)
                        .hasMessageContaining("nobody foresaw")
                        .hasMessageContaining("onConnect");
            }
        }
    }

    @Test
    void aRequestWhoseConnectionIsLostSaysSo() throws Exception {
        try (var server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
                var network = new Network()) {
            Thread.ofVirtual().start(() -> answer(server));
            try (var connection = new JetStreamConnection(
                    settings(server.getLocalPort()), FAILING, network, Pause.NONE, fresh -> {})) {
                await().until(connection::isUp);

                assertThatThrownBy(() -> connection.request("$JS.API.INFO", new byte[0]))
                        .isInstanceOf(JetStreamException.Unreachable.class)
                        .hasMessageContaining("the connection is lost");
            }
        }
    }

    /** As much of a NATS server as a client needs to be connected; who publishes loses the connection. */
    private static void answer(ServerSocket server) {
        try {
            while (true) {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> answer(client));
            }
        } catch (IOException e) {
            // the test is over
        }
    }

    private static void answer(Socket client) {
        try (client) {
            OutputStream output = client.getOutputStream();
            output.write("INFO {\"server_id\": \"test\", \"version\": \"2.14.0\", \"max_payload\": 1048576}\r\n"
                    .getBytes(StandardCharsets.UTF_8));
            var input = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
            for (String line = input.readLine(); line != null && !line.startsWith("PUB "); line = input.readLine()) {
                if (line.equals("PING")) {
                    output.write("PONG\r\n".getBytes(StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            // the client has gone
        }
    }

    private static ConnectionSettings settings(int port) {
        return new ConnectionSettings(List.of(URI.create("nats://127.0.0.1:" + port)), null);
    }
}
