package io.jetwright.jetstream;

import static io.jetwright.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jetwright.nats.FakeNatsServer;
import io.jetwright.plan.AssetName;
import io.jetwright.plan.AssetName.ConsumerName;
import io.jetwright.plan.AssetName.StreamName;
import io.jetwright.plan.Settings;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** nats-server leaves its name out of the answer to a create or an update where JetStream is a single server. */
class SingleServerTest {
    private static final StreamName ORDERS = new StreamName("ORDERS");
    private static final Settings SETTINGS = new Settings(Map.of("name", JsonNodeFactory.instance.textNode("ORDERS")));

    private final Network network = new Network();
    private FakeNatsServer server;
    private NatsJetStream jetStream;

    @BeforeEach
    void connect() throws Exception {
        server = new FakeNatsServer();
        jetStream = new NatsJetStream(
                server.settings(),
                new RecordingListener(),
                (object, verb, outcome, nanoseconds) -> {},
                network,
                Pause.NONE);
        await().until(jetStream::isUp);
    }

    @AfterEach
    void disconnect() throws Exception {
        jetStream.close();
        network.close();
        server.close();
    }

    private String leaderOfANew(AssetName name) throws JetStreamException {
        Optional<Live> created = jetStream.create(name, SETTINGS);
        return created.orElseThrow().info().path("cluster").path("leader").asText();
    }

    @Test
    void isAskedForItsNameOnce() throws Exception {
        server.answer("$JS.API.STREAM.CREATE.ORDERS", "{}");
        server.answer("$JS.API.STREAM.UPDATE.ORDERS", "{}");
        server.answer("$JS.API.STREAM.CREATE.OTHERS", "{}");
        server.answer("$JS.API.STREAM.INFO.ORDERS", "{\"cluster\": {\"leader\": \"n1\"}}");

        assertThat(leaderOfANew(ORDERS)).isEqualTo("n1");
        assertThat(leaderOfANew(new StreamName("OTHERS"))).isEqualTo("n1");
        assertThat(jetStream
                        .update(ORDERS, SETTINGS)
                        .info()
                        .at("/cluster/leader")
                        .asText())
                .isEqualTo("n1");
        assertThat(server.requests())
                .filteredOn(request -> request.contains(".INFO."))
                .containsExactly("$JS.API.STREAM.INFO.ORDERS ");
    }

    @Test
    void ofAClusterTheAnswerHasTheName() throws Exception {
        server.answer("$JS.API.STREAM.CREATE.ORDERS", "{\"cluster\": {\"name\": \"east\", \"leader\": \"n2\"}}");

        assertThat(leaderOfANew(ORDERS)).isEqualTo("n2");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void whereItCannotBeAskedTheAnswerStaysAsItIs() throws Exception {
        server.answer("$JS.API.STREAM.CREATE.ORDERS", "{}");

        assertThat(leaderOfANew(ORDERS)).isEmpty();
    }

    /** Of consumers such a server tells no name at all. */
    @Test
    void itIsNotAskedAboutAConsumer() throws Exception {
        server.answer("$JS.API.CONSUMER.CREATE.ORDERS.billing", "{}");

        assertThat(leaderOfANew(new ConsumerName("ORDERS", "billing"))).isEmpty();
        assertThat(server.requests()).hasSize(1);
    }
}
