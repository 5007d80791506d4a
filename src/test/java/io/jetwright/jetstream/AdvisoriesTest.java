package io.jetwright.jetstream;

import static io.jetwright.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jetwright.nats.FakeNatsServer;
import io.jetwright.plan.AssetName.ConsumerName;
import io.jetwright.plan.AssetName.StreamName;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AdvisoriesTest {
    private static final Advisory UPDATED = new Advisory(Advisory.Action.UPDATED, new StreamName("ORDERS"));

    private final RecordingListener listener = new RecordingListener();
    private FakeNatsServer server;
    private Connection connection;
    private Advisories advisories;

    @BeforeEach
    void subscribe() throws Exception {
        server = new FakeNatsServer();
        connection = Nats.connect("nats://127.0.0.1:" + server.port());
        advisories = new Advisories(server.settings(), listener);
        advisories.subscribe(connection);
    }

    @AfterEach
    void disconnect() throws Exception {
        connection.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "STREAM.CREATED.ORDERS, CREATED stream ORDERS",
        "STREAM.UPDATED.ORDERS, UPDATED stream ORDERS",
        "STREAM.DELETED.ORDERS, DELETED stream ORDERS",
        "CONSUMER.CREATED.ORDERS.billing, CREATED consumer billing of stream ORDERS",
        "CONSUMER.DELETED.ORDERS.billing, DELETED consumer billing of stream ORDERS",
        "CONSUMER.PAUSE.ORDERS.billing, PAUSE consumer billing of stream ORDERS"
    })
    void aChangeOfOthersIsPassedOn(String subject, String event) throws Exception {
        server.publish("$JS.EVENT.ADVISORY." + subject, "{}");

        await().untilAsserted(() -> assertThat(listener.events()).containsExactly(event));
    }

    @Test
    void aChangeOfOurOwnIsNotPassedOn() throws Exception {
        String answer = advisories.announced(UPDATED, () -> "changed");

        server.publish("$JS.EVENT.ADVISORY.STREAM.UPDATED.ORDERS", "{}");
        server.publish("$JS.EVENT.ADVISORY.STREAM.DELETED.ORDERS", "{}");

        assertThat(answer).isEqualTo("changed");
        await().untilAsserted(() -> assertThat(listener.events()).containsExactly("DELETED stream ORDERS"));
    }

    private static Stream<JetStreamException> refusals() {
        return Stream.of(
                new JetStreamException.Rejected(10058, ErrorMeaning.FINAL, "no", Cure.NONE),
                new JetStreamException.Unavailable("not now", Cure.NONE),
                new JetStreamException.Offline("not here", Cure.NONE),
                new JetStreamException.Disabled("never", Cure.NONE));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void afterAChangeThatWasRefusedTheNextOneIsThatOfOthers(JetStreamException refusal) throws Exception {
        assertThatThrownBy(() -> advisories.announced(UPDATED, () -> {
                    throw refusal;
                }))
                .isSameAs(refusal);

        server.publish("$JS.EVENT.ADVISORY.STREAM.UPDATED.ORDERS", "{}");

        await().untilAsserted(() -> assertThat(listener.events()).containsExactly("UPDATED stream ORDERS"));
    }

    @Test
    void aChangeWithoutAnAnswerMayHaveBeenMadeAndStaysOurs() throws Exception {
        var advisory = new Advisory(Advisory.Action.DELETED, new ConsumerName("ORDERS", "billing"));
        assertThatThrownBy(() -> advisories.announced(advisory, () -> {
                    throw new JetStreamException.Unreachable("no answer");
                }))
                .isInstanceOf(JetStreamException.Unreachable.class);

        server.publish("$JS.EVENT.ADVISORY.CONSUMER.DELETED.ORDERS.billing", "{}");
        server.publish("$JS.EVENT.ADVISORY.STREAM.UPDATED.ORDERS", "{}");

        await().untilAsserted(() -> assertThat(listener.events()).containsExactly("UPDATED stream ORDERS"));
    }
}
