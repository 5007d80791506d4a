package io.jetwright.jetstream;

import static io.jetwright.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jetwright.nats.FakeNatsServer;
import io.nats.client.impl.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NatsConnectionTest {
    private static final byte[] PAYLOAD = "payload".getBytes(StandardCharsets.UTF_8);

    private final Queue<String> counted = new ConcurrentLinkedQueue<>();
    private FakeNatsServer server;
    private NatsConnections connections;
    private NatsConnection connection;

    @BeforeEach
    void connect() throws Exception {
        server = new FakeNatsServer();
        connections = new NatsConnections(
                changed -> {},
                (object, verb, outcome, nanoseconds) -> counted.add(object + " " + verb + " " + outcome));
        connection = connections.get(server.settings());
        await().ignoreExceptions().until(() -> connection.connection() != null);
    }

    @AfterEach
    void disconnect() throws Exception {
        connections.close();
        server.close();
    }

    @Test
    void aRequestToTheApiIsCountedByWhatItAsks() throws Exception {
        server.answer("$JS.API.STREAM.MSG.GET.orders", "{\"message\": {\"seq\": 7}}");
        server.answer(
                "$JS.API.CONSUMER.INFO.orders.a", "{\"error\": {\"err_code\": 10014, \"description\": \"none\"}}");

        assertThat(connection
                        .api(
                                "STREAM.MSG.GET.orders",
                                JsonNodeFactory.instance.objectNode().put("seq", 7))
                        .at("/message/seq")
                        .asInt())
                .isEqualTo(7);
        assertThatThrownBy(() -> connection.api("CONSUMER.INFO.orders.a", null))
                .isInstanceOfSatisfying(JetStreamException.Rejected.class, e -> assertThat(e.code())
                        .isEqualTo(10014));
        assertThat(counted).containsExactly("stream msg.get ok", "consumer info rejected");
    }

    @Test
    void aPublicationIsConfirmedOrRefused() throws Exception {
        server.answer("letters.a", "{\"stream\": \"LETTERS\", \"seq\": 3}");
        server.answer("letters.b", "{\"error\": {\"err_code\": 10071, \"description\": \"wrong last sequence: 4\"}}");

        assertThat(connection
                        .publish("letters.a", new Headers(), PAYLOAD)
                        .path("seq")
                        .asInt())
                .isEqualTo(3);
        assertThatThrownBy(() -> connection.publish("letters.b", new Headers(), PAYLOAD))
                .isInstanceOfSatisfying(JetStreamException.Rejected.class, e -> assertThat(e.code())
                        .isEqualTo(10071));
        assertThat(counted).containsExactly("message publish ok", "message publish rejected");
    }

    @Test
    void aDeniedSubjectIsNamed() {
        server.denyPublication("$JS.ACK.orders.a.1.1.0.0.0");

        assertThatThrownBy(() -> connection.request("message", "ack", "$JS.ACK.orders.a.1.1.0.0.0", null, PAYLOAD))
                .isInstanceOf(JetStreamException.Denied.class)
                .hasMessageContaining("may not publish to $JS.ACK.orders.a.1.1.0.0.0");
        assertThat(counted).containsExactly("message ack failed");
    }
}
