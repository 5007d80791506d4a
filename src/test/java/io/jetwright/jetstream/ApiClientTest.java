package io.jetwright.jetstream;

import static io.jetwright.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.nats.Credentials;
import io.jetwright.nats.FakeNatsServer;
import io.jetwright.plan.AssetName.ConsumerName;
import io.jetwright.plan.AssetName.StreamName;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApiClientTest {
    private static final StreamName STREAM = new StreamName("ORDERS");
    private static final ConsumerName CONSUMER = new ConsumerName("ORDERS", "billing");

    private final Network network = new Network();
    private final Queue<String> counted = new ConcurrentLinkedQueue<>();
    private FakeNatsServer server;
    private JetStreamConnection connection;
    private ApiClient api;

    @BeforeEach
    void connect() throws Exception {
        server = new FakeNatsServer();
        var settings = new ConnectionSettings(
                server.settings().servers(), new Credentials.None(), null, ConnectionSettings.apiOfDomain("hub"));
        connection = new JetStreamConnection(settings, new RecordingListener(), network, Pause.NONE, fresh -> {});
        api = new ApiClient(settings, connection, (object, verb, outcome, nanoseconds) -> {
            assertThat(nanoseconds).isPositive();
            counted.add(object + " " + verb + " " + outcome);
        });
        await().until(connection::isUp);
    }

    @AfterEach
    void disconnect() throws Exception {
        connection.close();
        network.close();
        server.close();
    }

    @Test
    void listsAreReadToTheirEnd() throws Exception {
        server.answer(
                "$JS.hub.API.STREAM.LIST",
                body -> body.contains("\"offset\":0}")
                        ? "{\"total\": 3, \"streams\": [{\"config\": {\"name\": \"A\"}}, {\"config\": {\"name\": \"B\"}}]}"
                        : "{\"total\": 3, \"streams\": [{\"config\": {\"name\": \"C\"}}]}");
        server.answer("$JS.hub.API.CONSUMER.LIST.ORDERS", "{\"total\": 1, \"consumers\": [{\"name\": \"billing\"}]}");
        List<String> names = new ArrayList<>();

        api.listStreams(
                live -> names.add(live.info().path("config").path("name").asText()));
        api.listConsumers(STREAM, live -> names.add(live.info().path("name").asText()));

        assertThat(names).containsExactly("A", "B", "C", "billing");
        assertThat(server.requests())
                .containsExactly(
                        "$JS.hub.API.STREAM.LIST {\"offset\":0}",
                        "$JS.hub.API.STREAM.LIST {\"offset\":2}",
                        "$JS.hub.API.CONSUMER.LIST.ORDERS {\"offset\":0}");
        assertThat(counted).containsExactly("stream list ok", "stream list ok", "consumer list ok");
    }

    /** Else what is deleted between two pages would have it ask for ever. */
    @Test
    void aListThatGetsShorterEnds() throws Exception {
        server.answer(
                "$JS.hub.API.STREAM.LIST",
                body -> body.contains("\"offset\":0}")
                        ? "{\"total\": 3, \"streams\": [{\"config\": {\"name\": \"A\"}}]}"
                        : "{\"total\": 3, \"streams\": []}");
        List<Live> all = new ArrayList<>();

        api.listStreams(all::add);

        assertThat(all).hasSize(1);
    }

    @Test
    void aStreamThatDoesNotExistHasNoConsumersAndOtherErrorsAreFailures() throws Exception {
        server.answer(
                "$JS.hub.API.CONSUMER.LIST.ORDERS",
                "{\"error\": {\"code\": 404, \"err_code\": 10059, \"description\": \"stream not found\"}}");
        api.listConsumers(STREAM, live -> assertThat(live).isNull());
        server.answer(
                "$JS.hub.API.CONSUMER.LIST.ORDERS",
                "{\"error\": {\"code\": 400, \"err_code\": 10025, \"description\": \"bad json\"}}");
        assertThatThrownBy(() -> api.listConsumers(STREAM, live -> {})).isInstanceOf(JetStreamException.Rejected.class);
    }

    @Test
    void aRequestAboutAStreamHasItsNameInTheSubjectBehindThePrefix() throws Exception {
        server.answer("$JS.hub.API.STREAM.INFO.ORDERS", "{\"created\": \"today\"}");

        JsonNode answer = api.request("INFO", STREAM, null);

        assertThat(answer.path("created").asText()).isEqualTo("today");
        assertThat(server.requests()).containsExactly("$JS.hub.API.STREAM.INFO.ORDERS ");
        assertThat(counted).containsExactly("stream info ok");
    }

    @Test
    void aRequestAboutAConsumerHasBothNamesInTheSubject() throws Exception {
        server.answer("$JS.hub.API.CONSUMER.PAUSE.ORDERS.billing", "{}");

        api.request("PAUSE", CONSUMER, JsonNodeFactory.instance.objectNode().put("pause_until", "tomorrow"));

        assertThat(server.requests())
                .containsExactly("$JS.hub.API.CONSUMER.PAUSE.ORDERS.billing {\"pause_until\":\"tomorrow\"}");
        assertThat(counted).containsExactly("consumer pause ok");
    }

    @Test
    void anErrorIsAFailureAndCountsAsRejected() {
        server.answer(
                "$JS.hub.API.STREAM.INFO.ORDERS",
                "{\"error\": {\"err_code\": 10065, \"description\": \"subjects overlap\"}}");

        assertThatThrownBy(() -> api.request("INFO", STREAM, null))
                .isInstanceOf(JetStreamException.Rejected.class)
                .hasMessageContaining("subjects overlap");
        assertThat(counted).containsExactly("stream info rejected");
    }

    @Test
    void aStreamThatDoesNotExistIsNoStreamToAConsumerOnly() {
        String error = "{\"error\": {\"err_code\": 10059, \"description\": \"stream not found\"}}";
        server.answer("$JS.hub.API.STREAM.INFO.ORDERS", error);
        server.answer("$JS.hub.API.CONSUMER.INFO.ORDERS.billing", error);

        assertThatThrownBy(() -> api.request("INFO", STREAM, null)).isInstanceOf(JetStreamException.Rejected.class);
        assertThatThrownBy(() -> api.request("INFO", CONSUMER, null))
                .isInstanceOf(JetStreamException.NoStream.class)
                .hasMessage("stream ORDERS does not exist in JetStream: create it, or correct the name");
    }

    @Test
    void withoutAnybodyWhoAnswersTheRequestFails() {
        assertThatThrownBy(() -> api.request("INFO", STREAM, null))
                .isInstanceOf(JetStreamException.Unreachable.class)
                .hasMessageContaining("nobody responds to $JS.hub.API.>");
        assertThat(counted).containsExactly("stream info failed");
    }

    @Test
    void anAnswerThatIsNoJsonIsNoAnswer() {
        server.answer("$JS.hub.API.STREAM.INFO.ORDERS", "no JSON");

        assertThatThrownBy(() -> api.request("INFO", STREAM, null))
                .isInstanceOf(JetStreamException.Unreachable.class)
                .hasMessageContaining("answered with something that is no JSON");
        assertThat(counted).containsExactly("stream info failed");
    }

    @Test
    void theAccountIsAskedAboutBehindThePrefixAndIsNotCounted() throws Exception {
        server.answer("$JS.hub.API.INFO", "{\"memory\": 7}");

        assertThat(api.accountInfo().path("memory").asInt()).isEqualTo(7);
        assertThat(counted).isEmpty();
    }

    @Test
    void anAccountWithoutJetStreamIsAFailure() {
        server.answer(
                "$JS.hub.API.INFO", "{\"error\": {\"err_code\": 10039, \"description\": \"not enabled for account\"}}");

        assertThatThrownBy(api::accountInfo).isInstanceOf(JetStreamException.Disabled.class);
    }

    @Test
    void anotherServiceIsAskedByItsWholeSubjectAndMayAnswerWithAnError() throws Exception {
        server.answer("$SYS.REQ.USER.INFO", "{\"error\": {\"code\": 503}}");

        assertThat(api.request("$SYS.REQ.USER.INFO").path("error").path("code").asInt())
                .isEqualTo(503);
    }
}
