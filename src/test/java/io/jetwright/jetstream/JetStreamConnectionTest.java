package io.jetwright.jetstream;

import static io.jetwright.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jetwright.nats.ConnectionSettings;
import io.jetwright.nats.FakeNatsServer;
import io.nats.client.Connection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
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
                    FakeNatsServer.settings(bound.getLocalPort()), FAILING, network, Pause.NONE, fresh -> {})) {
                await().until(() -> connection.lastTrouble() != null);
                ConnectionHealth.Trouble first = connection.lastTrouble();

                await().untilAsserted(() -> assertThat(connection.lastTrouble()).isNotEqualTo(first));
            }
        }
    }

    @Test
    void whatNobodyForesawIsToldAndTriedAgain() throws Exception {
        var attempts = new AtomicInteger();
        try (var server = new FakeNatsServer();
                var network = new Network()) {
            try (var connection = new JetStreamConnection(server.settings(), FAILING, network, Pause.NONE, fresh -> {
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
        try (var server = new FakeNatsServer();
                var network = new Network()) {
            server.disconnectAt("$JS.API.INFO");
            try (var connection =
                    new JetStreamConnection(server.settings(), FAILING, network, Pause.NONE, fresh -> {})) {
                await().until(connection::isUp);

                assertThatThrownBy(() -> connection.request("$JS.API.INFO", new byte[0]))
                        .isInstanceOf(JetStreamException.Unreachable.class)
                        .hasMessageContaining("the connection is lost");
            }
        }
    }

    @Test
    void whoMayNotHearAnswersIsDenied() throws Exception {
        try (var server = new FakeNatsServer();
                var network = new Network()) {
            server.denySubscription("_INBOX.");
            try (var connection = new JetStreamConnection(
                    server.settings(), new RecordingListener(), network, Pause.NONE, fresh -> {})) {
                await().until(() -> connection.lastTrouble() != null);

                assertThatThrownBy(connection::connection)
                        .isInstanceOf(JetStreamException.Denied.class)
                        .hasMessage(
                                "the NATS user may not subscribe to _INBOX.> on %s, and so hears no answers: allow it in its permissions",
                                server.settings());
                assertThat(connection.isUp()).isFalse();
            }
        }
    }

    @Test
    void aConnectionThatHearsAnswersNoMoreIsMadeAnew() throws Exception {
        try (var server = new FakeNatsServer();
                var network = new Network();
                var connection = new JetStreamConnection(
                        server.settings(), new RecordingListener(), network, Pause.NONE, fresh -> {})) {
            await().until(connection::isUp);
            Connection deaf = connection.connection();

            server.revokeSubscription("_INBOX.abc.*");

            await().until(() -> connection.isUp() && connection.connection() != deaf);
            assertThat(deaf.getStatus()).isEqualTo(Connection.Status.CLOSED);
        }
    }

    @Test
    void aRefusedPublicationIsARefusedRequestAtOnce() throws Exception {
        try (var server = new FakeNatsServer();
                var network = new Network();
                var connection = new JetStreamConnection(
                        server.settings(), new RecordingListener(), network, Pause.NONE, fresh -> {})) {
            server.denyPublication("$JS.API.INFO");
            await().until(connection::isUp);

            assertThatThrownBy(() -> connection.request("$JS.API.INFO", new byte[0]))
                    .isInstanceOf(JetStreamException.Denied.class)
                    .hasMessageContaining("$JS.API.INFO");
        }
    }

    @Test
    void theListenerLearnsOfEachConnectionButNotOfAShortInterruption() throws Exception {
        var listener = new RecordingListener();
        try (var server = new FakeNatsServer();
                var network = new Network();
                var connection =
                        new JetStreamConnection(server.settings(), listener, network, Pause.NONE, fresh -> {})) {
            await().until(() -> listener.events().equals(List.of("connected")));

            server.disconnect();

            await().until(() -> listener.events().size() > 1);
            assertThat(listener.events()).containsExactly("connected", "connected");
            assertThat(connection.lastTrouble())
                    .extracting(ConnectionHealth.Trouble::message)
                    .asString()
                    .startsWith("the connection to " + server.settings() + " is lost");
        }
    }

    @Test
    void theListenerLearnsOfAConnectionThatStaysDown() throws Exception {
        var listener = new RecordingListener();
        var server = new FakeNatsServer();
        try (var network = new Network();
                var connection =
                        new JetStreamConnection(server.settings(), listener, network, Pause.NONE, fresh -> {})) {
            await().until(() -> listener.events().contains("connected"));

            server.close();

            await().until(() -> listener.events().contains("disconnected"));
            assertThatThrownBy(connection::connection)
                    .isInstanceOf(JetStreamException.Unreachable.class)
                    .hasMessageContaining("is lost");
        }
    }

    @Test
    void aConnectionThatIsClosedSaysSo() throws Exception {
        try (var server = new FakeNatsServer();
                var network = new Network()) {
            var connection = new JetStreamConnection(
                    server.settings(), new RecordingListener(), network, Pause.NONE, fresh -> {});
            await().until(connection::isUp);

            connection.close();

            assertThat(connection.isUp()).isFalse();
            assertThatThrownBy(connection::connection)
                    .isInstanceOf(JetStreamException.Unreachable.class)
                    .hasMessage("the connection to %s is no longer needed", server.settings());
        }
    }
}
