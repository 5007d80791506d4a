package io.jetwright.jetstream;

import static io.jetwright.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jetwright.nats.FakeNatsServer;
import io.jetwright.plan.AssetName.ConsumerName;
import io.jetwright.plan.AssetName.StreamName;
import io.jetwright.plan.Settings;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NatsJetStreamTest {
    private static final StreamName STREAM = new StreamName("ORDERS");
    private static final ConsumerName CONSUMER = new ConsumerName("ORDERS", "billing");
    private static final Settings SETTINGS =
            Settings.of(JsonNodeFactory.instance.objectNode().put("name", "ORDERS"));
    private static final String CREATED =
            "{\"config\": {\"name\": \"ORDERS\"}, \"created\": \"today\", \"cluster\": {\"leader\": \"n1\"}}";

    private final Network network = new Network();
    private final RecordingListener listener = new RecordingListener();
    private FakeNatsServer server;
    private NatsJetStream jetStream;

    @BeforeEach
    void connect() throws Exception {
        server = new FakeNatsServer();
        jetStream = new NatsJetStream(
                server.settings(), listener, (object, verb, outcome, nanoseconds) -> {}, network, Pause.NONE);
        await().until(jetStream::isUp);
    }

    @AfterEach
    void disconnect() throws Exception {
        jetStream.close();
        network.close();
        server.close();
    }

    @Test
    void theVersionIsThatOfTheConnectedServer() throws Exception {
        assertThat(jetStream.serverVersion()).hasToString("2.14.0");
    }

    @Test
    void whatExistsIsReadWithItsSettings() throws Exception {
        server.answer("$JS.API.STREAM.INFO.ORDERS", CREATED);

        assertThat(jetStream.read(STREAM))
                .hasValueSatisfying(live -> assertThat(live.settings()).isEqualTo(SETTINGS));
        assertThat(server.requests()).containsExactly("$JS.API.STREAM.INFO.ORDERS ");
    }

    @Test
    void whatDoesNotExistIsEmpty() throws Exception {
        server.answer("$JS.API.STREAM.INFO.ORDERS", error(10059));
        server.answer("$JS.API.CONSUMER.INFO.ORDERS.billing", error(10014));

        assertThat(jetStream.read(STREAM)).isEmpty();
        assertThat(jetStream.read(CONSUMER)).isEmpty();
    }

    @Test
    void aConsumerWhoseStreamDoesNotExistIsAFailure() {
        server.answer("$JS.API.CONSUMER.INFO.ORDERS.billing", error(10059));

        assertThatThrownBy(() -> jetStream.read(CONSUMER)).isInstanceOf(JetStreamException.NoStream.class);
    }

    @Test
    void theObjectsOfAnObjectStoreAreCountedAndNotListed() throws Exception {
        server.answer("$JS.API.STREAM.INFO.OBJ_files", CREATED);

        jetStream.read(new StreamName("OBJ_files"));

        assertThat(server.requests())
                .containsExactly(
                        "$JS.API.STREAM.INFO.OBJ_files {\"subjects_filter\":\"$O.files.M.>\",\"offset\":2147483647}");
    }

    @Test
    void aStreamIsCreatedWithItsConfiguration() throws Exception {
        server.answer("$JS.API.STREAM.CREATE.ORDERS", CREATED);

        assertThat(jetStream.create(STREAM, SETTINGS)).isPresent();
        assertThat(server.requests()).containsExactly("$JS.API.STREAM.CREATE.ORDERS {\"name\":\"ORDERS\"}");
    }

    @Test
    void aConsumerIsOnlyCreatedIfItDoesNotExist() throws Exception {
        server.answer("$JS.API.CONSUMER.CREATE.ORDERS.billing", CREATED);

        assertThat(jetStream.create(CONSUMER, SETTINGS)).isPresent();
        assertThat(server.requests())
                .containsExactly(
                        "$JS.API.CONSUMER.CREATE.ORDERS.billing {\"stream_name\":\"ORDERS\",\"action\":\"create\",\"config\":{\"name\":\"ORDERS\"}}");
    }

    @ParameterizedTest
    @ValueSource(ints = {10058, 10148, 10013})
    void whatExistsWithAnotherConfigurationIsNotCreated(int code) throws Exception {
        server.answer("$JS.API.STREAM.CREATE.ORDERS", error(code));

        assertThat(jetStream.create(STREAM, SETTINGS)).isEmpty();
    }

    @Test
    void aStreamWhoseFolderWasBeingRemovedIsCreatedAgain() throws Exception {
        Queue<String> answers = new ArrayDeque<>(List.of(error(10049), CREATED));
        server.answer("$JS.API.STREAM.CREATE.ORDERS", request -> answers.remove());

        assertThat(jetStream.create(STREAM, SETTINGS)).isPresent();
    }

    @Test
    void aStreamThatCannotBeCreatedIsTriedTwiceOnly() {
        server.answer("$JS.API.STREAM.CREATE.ORDERS", error(10049));

        assertThatThrownBy(() -> jetStream.create(STREAM, SETTINGS)).isInstanceOf(JetStreamException.Rejected.class);
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void aStreamIsUpdatedByItsOwnRequestAndAConsumerByCreatingItAnew() throws Exception {
        server.answer("$JS.API.STREAM.UPDATE.ORDERS", CREATED);
        server.answer("$JS.API.CONSUMER.CREATE.ORDERS.billing", CREATED);

        jetStream.update(STREAM, SETTINGS);
        jetStream.update(CONSUMER, SETTINGS);

        assertThat(server.requests())
                .containsExactly(
                        "$JS.API.STREAM.UPDATE.ORDERS {\"name\":\"ORDERS\"}",
                        "$JS.API.CONSUMER.CREATE.ORDERS.billing {\"stream_name\":\"ORDERS\",\"action\":\"update\",\"config\":{\"name\":\"ORDERS\"}}");
    }

    @Test
    void aConsumerIsPausedUntilATimeOrResumed() throws Exception {
        server.answer("$JS.API.CONSUMER.PAUSE.ORDERS.billing", "{}");

        jetStream.pause(CONSUMER, JsonNodeFactory.instance.textNode("2026-06-01T12:00:00Z"));
        jetStream.pause(CONSUMER, null);

        assertThat(server.requests())
                .containsExactly(
                        "$JS.API.CONSUMER.PAUSE.ORDERS.billing {\"pause_until\":\"2026-06-01T12:00:00Z\"}",
                        "$JS.API.CONSUMER.PAUSE.ORDERS.billing {}");
    }

    @Test
    void whatDoesNotExistIsDeletedAlready() throws Exception {
        server.answer("$JS.API.STREAM.DELETE.ORDERS", error(10059));
        server.answer("$JS.API.CONSUMER.DELETE.ORDERS.billing", error(10014));
        jetStream.delete(STREAM);
        jetStream.delete(CONSUMER);

        server.answer("$JS.API.CONSUMER.DELETE.ORDERS.billing", error(10059));
        jetStream.delete(CONSUMER);

        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void aDeletionThatIsRefusedIsAFailure() {
        server.answer("$JS.API.STREAM.DELETE.ORDERS", error(10109));

        assertThatThrownBy(() -> jetStream.delete(STREAM)).isInstanceOf(JetStreamException.Rejected.class);
    }

    @Test
    void onlyChangesOfOthersAreTold() throws Exception {
        server.answer("$JS.API.STREAM.CREATE.ORDERS", CREATED);
        server.answer("$JS.API.STREAM.UPDATE.ORDERS", CREATED);
        server.answer("$JS.API.STREAM.DELETE.ORDERS", "{}");
        jetStream.create(STREAM, SETTINGS);
        jetStream.update(STREAM, SETTINGS);
        jetStream.delete(STREAM);

        for (String action : List.of("CREATED", "UPDATED", "DELETED", "UPDATED")) {
            server.publish("$JS.EVENT.ADVISORY.STREAM." + action + ".ORDERS", "{}");
        }

        await().untilAsserted(
                        () -> assertThat(listener.events()).containsExactly("connected", "UPDATED stream ORDERS"));
    }

    private static String error(int code) {
        return "{\"error\": {\"err_code\": %d, \"description\": \"of the test\"}}".formatted(code);
    }
}
