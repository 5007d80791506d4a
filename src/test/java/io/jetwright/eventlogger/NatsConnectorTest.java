package io.jetwright.eventlogger;

import static io.jetwright.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.nats.FakeNatsServer;
import io.nats.client.Connection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NatsConnectorTest {
    private FakeNatsServer server;

    @BeforeEach
    void start() throws Exception {
        server = new FakeNatsServer();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void beforeTheFirstAttemptNothingIsKnown() {
        try (var connector = connector(Map.of())) {
            assertThat(connector.isUp()).isFalse();
            assertThat(connector.connection()).isNull();
            assertThat(connector.failure())
                    .isEqualTo("nats://127.0.0.1:%d has not been reached yet".formatted(server.port()));
        }
    }

    @Test
    void serversAreShownWithoutCredentials() {
        try (var connector =
                connector(Map.of("NATS_URL", "nats://user:secret@127.0.0.1:%d".formatted(server.port())))) {
            assertThat(connector.servers()).isEqualTo("nats://127.0.0.1:%d".formatted(server.port()));
        }
    }

    @Test
    void aLifeEndsWithTheLossOfItsConnection() throws Exception {
        try (var connector = connector(Map.of())) {
            connector.start();
            NatsConnector.Life life = connector.await();
            assertThat(connector.isSame(life)).isTrue();
            assertThat(connector.connection()).isSameAs(life.connection());

            server.disconnect();

            await().until(() -> !connector.isSame(life));
            assertThat(connector.failure())
                    .startsWith("the connection to nats://127.0.0.1:%d is lost".formatted(server.port()));
            assertThat(connector.await().connection()).isNotSameAs(life.connection());
        }
    }

    @Test
    void aFileThatHasGoneIsNamed(@TempDir Path directory) throws Exception {
        Path token = Files.writeString(directory.resolve("token"), "secret");
        try (var connector = connector(Map.of("NATS_TOKEN_FILE", token.toString()))) {
            Files.delete(token);

            connector.start();

            await().untilAsserted(
                            () -> assertThat(connector.failure()).isEqualTo("the file " + token + " cannot be read"));
            assertThat(connector.isUp()).isFalse();
        }
    }

    @Test
    void theServerLearnsTheNameOfTheReplica() throws Exception {
        try (var connector = connector(Map.of("INSTANCE_NAME", "logger-1"))) {
            connector.start();
            Connection connection = connector.await().connection();

            assertThat(connection.getOptions().getConnectionName()).isEqualTo("event-logger logger-1");
            assertThat(server.greetings()).singleElement().asString().contains("\"event-logger logger-1\"");
        }
    }

    @Test
    void afterTheEndThereIsNoConnection() throws Exception {
        NatsConnector connector = connector(Map.of());
        connector.start();
        NatsConnector.Life life = connector.await();

        connector.close();

        assertThat(connector.isUp()).isFalse();
        assertThat(connector.connection()).isNull();
        assertThat(connector.isSame(life)).isFalse();
        assertThat(life.connection().getStatus()).isEqualTo(Connection.Status.CLOSED);
    }

    private NatsConnector connector(Map<String, String> variables) {
        var environment = new HashMap<>(Map.of("NATS_URL", "nats://127.0.0.1:" + server.port()));
        environment.putAll(variables);
        return new NatsConnector(EventLoggerSettings.of(environment));
    }
}
