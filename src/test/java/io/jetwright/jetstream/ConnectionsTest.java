package io.jetwright.jetstream;

import static io.jetwright.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.nats.ConnectionSettings;
import io.jetwright.nats.FakeNatsServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
    private static final Duration SHORT = Duration.ofMillis(1);
    private static final Duration LONG = Duration.ofDays(1);

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
    void equalSettingsAreOneConnection() {
        try (var connections = connections(LONG)) {
            JetStream first = connections.get(settings("a"));

            assertThat(connections.get(settings("a"))).isSameAs(first);
            assertThat(connections.health(settings("a"))).isSameAs(first);
            assertThat(connections.get(settings("b"))).isNotSameAs(first);
        }
    }

    @Test
    void aConnectionIsMadeOnceItIsAskedFor() {
        try (var connections = connections(LONG)) {
            assertThat(server.greetings()).isEmpty();

            ConnectionHealth health = connections.health(settings("a"));

            await().until(health::isUp);
        }
    }

    @Test
    void whatIsNotRetainedIsClosedAndTheRestStays() {
        try (var connections = connections(SHORT)) {
            ConnectionHealth retained = connections.health(settings("a"));
            ConnectionHealth other = connections.health(settings("b"));
            await().until(() -> retained.isUp() && other.isUp());

            connections.retain(Set.of(settings("a")));

            await().until(() -> !other.isUp());
            assertThat(retained.isUp()).isTrue();
            assertThat(connections.health(settings("a"))).isSameAs(retained);
        }
    }

    @Test
    void whatIsNotRetainedStaysOpenForAWhile() {
        try (var connections = connections(LONG)) {
            ConnectionHealth other = connections.health(settings("b"));
            await().until(other::isUp);

            connections.retain(Set.of());

            assertThat(other.isUp()).isTrue();
            assertThat(connections.health(settings("b"))).isSameAs(other);
        }
    }

    @Test
    void whatIsOpenedLaterAndNotRetainedIsClosedToo() {
        try (var connections = connections(SHORT)) {
            connections.retain(Set.of());

            ConnectionHealth other = connections.health(settings("b"));

            await().until(() -> connections.health(settings("b")) != other);
        }
    }

    @Test
    void untilItIsSaidWhatIsNeededEverythingIs() {
        try (var connections = connections(SHORT)) {
            ConnectionHealth first = connections.health(settings("a"));
            // each new connection has the unneeded ones closed
            ConnectionHealth second = connections.health(settings("b"));
            await().until(() -> first.isUp() && second.isUp());

            assertThat(connections.health(settings("a"))).isSameAs(first);
        }
    }

    @Test
    void closingClosesAll() {
        Connections connections = connections(LONG);
        ConnectionHealth first = connections.health(settings("a"));
        ConnectionHealth second = connections.health(settings("b"));
        await().until(() -> first.isUp() && second.isUp());

        connections.close();

        assertThat(first.isUp()).isFalse();
        assertThat(second.isUp()).isFalse();
    }

    private ConnectionSettings settings(String password) {
        return new ConnectionSettings(
                List.of(URI.create("nats://user:%s@127.0.0.1:%d".formatted(password, server.port()))), null);
    }

    private static Connections connections(Duration linger) {
        return new Connections(new RecordingListener(), (object, verb, outcome, nanoseconds) -> {}, Pause.NONE, linger);
    }
}
