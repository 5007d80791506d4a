package io.jetwright.jetstream;

import static io.jetwright.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jetwright.nats.FakeNatsServer;
import io.nats.client.Connection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerInquiryTest {
    private static final String USER_INFO = "$SYS.REQ.USER.INFO";

    private final Network network = new Network();
    private FakeNatsServer server;
    private JetStreamConnection connection;
    private ServerInquiry inquiry;

    @BeforeEach
    void connect() throws Exception {
        server = new FakeNatsServer();
        server.answer("$JS.API.INFO", "{\"memory\": 7}");
        connection =
                new JetStreamConnection(server.settings(), new RecordingListener(), network, Pause.NONE, fresh -> {});
        inquiry = new ServerInquiry(
                server.settings(),
                connection,
                new ApiClient(server.settings(), connection, (object, verb, outcome, nanoseconds) -> {}));
        await().until(connection::isUp);
    }

    @AfterEach
    void disconnect() throws Exception {
        connection.close();
        network.close();
        server.close();
    }

    @Test
    void factsAreTheServersAndTheAccounts() throws Exception {
        server.answer(USER_INFO, "{\"data\": {\"account\": \"SALES\"}}");

        ServerFacts facts = inquiry.facts();

        assertThat(facts.server()).isEqualTo("fake-1");
        assertThat(facts.version()).isEqualTo("2.14.0");
        assertThat(facts.cluster()).isNull();
        assertThat(facts.rtt()).isPositive();
        assertThat(facts.account()).isEqualTo("SALES");
        assertThat(facts.jetStream().path("memory").asInt()).isEqualTo(7);
    }

    @Test
    void theNameOfAnAccountIsPreferredToItsKey() throws Exception {
        server.answer(USER_INFO, "{\"data\": {\"account\": \"AABC\", \"account_name\": \"SALES\"}}");

        assertThat(inquiry.facts().account()).isEqualTo("SALES");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"data\": {\"account\": \"\"}}", "no JSON"})
    void anAccountThatIsNotToldIsNull(String answer) throws Exception {
        server.answer(USER_INFO, answer);

        assertThat(inquiry.facts().account()).isNull();
    }

    @Test
    void theAccountIsAskedForOncePerConnection() throws Exception {
        inquiry.facts();
        inquiry.facts();
        assertThat(server.requests()).containsOnlyOnce(USER_INFO + " ");

        Connection first = connection.connection();
        server.answer(USER_INFO, "{\"data\": {\"account\": \"SALES\"}}");
        server.disconnect();
        await().until(() -> connection.isUp() && connection.connection() != first);

        assertThat(inquiry.facts().account()).isEqualTo("SALES");
    }

    @Test
    void withoutJetStreamThereAreNoFacts() {
        server.answer("$JS.API.INFO", "{\"error\": {\"err_code\": 10076, \"description\": \"not enabled\"}}");

        assertThatThrownBy(inquiry::facts).isInstanceOf(JetStreamException.Disabled.class);
    }

    @Test
    void withoutAConnectionThereAreNoFacts() {
        connection.close();

        assertThatThrownBy(inquiry::facts).isInstanceOf(JetStreamException.Unreachable.class);
    }
}
