package io.jetwright.jetstream;

import static io.jetwright.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.nats.ConnectionSettings;
import io.jetwright.nats.FakeNatsServer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class NatsConnectionsTest {
    @Test
    void equalSettingsAreOneConnectionAndWhoListensHearsOfIt() throws Exception {
        List<ConnectionSettings> heard = new CopyOnWriteArrayList<>();
        try (var server = new FakeNatsServer();
                var connections = new NatsConnections(heard::add, (object, verb, outcome, nanoseconds) -> {})) {
            NatsConnection connection = connections.get(server.settings());

            assertThat(connections.get(server.settings())).isSameAs(connection);
            assertThat(connection.settings()).isEqualTo(server.settings());
            await().untilAsserted(() -> assertThat(heard).containsExactly(server.settings()));
            assertThat(connection.connection().getServerInfo()).isNotNull();
        }
    }
}
