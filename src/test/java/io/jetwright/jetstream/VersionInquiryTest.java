package io.jetwright.jetstream;

import static io.jetwright.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jetwright.SettableClock;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.nats.FakeNatsServer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The connected server is a 2.14.0. */
class VersionInquiryTest {
    private static final String INFO = "$JS.hub.API.INFO";

    private final Network network = new Network();
    private final SettableClock clock = new SettableClock("2026-06-01T12:00:00Z");
    private FakeNatsServer server;
    private @Nullable JetStreamConnection connection;

    @BeforeEach
    void start() throws Exception {
        server = new FakeNatsServer();
    }

    @AfterEach
    void disconnect() throws Exception {
        if (connection != null) {
            connection.close();
        }
        network.close();
        server.close();
    }

    private VersionInquiry connect(String apiPrefix) {
        ConnectionSettings own = server.settings();
        var settings = new ConnectionSettings(own.servers(), own.credentials(), own.tls(), apiPrefix);
        var made = new JetStreamConnection(settings, new RecordingListener(), network, Pause.NONE, fresh -> {});
        connection = made;
        await().until(made::isUp);
        return new VersionInquiry(
                settings, made, new ApiClient(settings, made, (object, verb, outcome, nanoseconds) -> {}), clock);
    }

    private static Live answer(String version) throws Exception {
        return Live.of(JsonMapper.builder()
                .build()
                .readTree("{\"config\": {\"metadata\": {\"_nats.ver\": \"%s\"}}}".formatted(version)));
    }

    private void level(int level) {
        server.answer(INFO, "{\"api\": {\"level\": %d}}".formatted(level));
    }

    @Test
    void theConnectedServerDecidesWithoutADomain() throws Exception {
        VersionInquiry inquiry = connect("$JS.API");
        inquiry.noted(answer("2.12.3"));
        assertThat(inquiry.version()).hasToString("2.14.0");
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 2.10.0", "1, 2.11.0", "2, 2.12.0", "3, 2.12.0", "4, 2.14.0", "5, 2.15.0", "9, 2.15.0"})
    void behindADomainTheLevelOfTheApiTells(int level, String version) throws Exception {
        level(level);
        assertThat(connect("$JS.hub.API").version()).hasToString(version);
    }

    @Test
    void serversBefore211TellNoLevel() throws Exception {
        server.answer(INFO, "{\"api\": {\"total\": 3}}");
        assertThat(connect("$JS.hub.API").version()).hasToString("2.10.0");
    }

    @Test
    void answersTellTheExactVersion() throws Exception {
        level(2);
        VersionInquiry inquiry = connect("$JS.hub.API");
        assertThat(inquiry.version()).hasToString("2.12.0");
        inquiry.noted(answer("2.12.15"));
        assertThat(inquiry.version()).hasToString("2.12.15");
        clock.advance(Duration.ofMinutes(2));
        assertThat(inquiry.version()).hasToString("2.12.15");
    }

    @Test
    void itIsAskedOnceAMinuteSinceTheServersMayBeUpgraded() throws Exception {
        level(1);
        VersionInquiry inquiry = connect("$JS.hub.API");
        inquiry.version();
        inquiry.version();
        assertThat(server.requests()).containsOnlyOnce(INFO + " ");

        level(5);
        clock.advance(Duration.ofMinutes(2));
        assertThat(inquiry.version()).hasToString("2.15.0");
    }

    @Test
    void whereItMayNotBeAskedItIsThatOfTheConnectedServer() throws Exception {
        server.answer(INFO, "{\"error\": {\"code\": 400, \"err_code\": 10003, \"description\": \"no\"}}");
        assertThat(connect("$JS.hub.API").version()).hasToString("2.14.0");
    }

    /** The link to it may be down, or only some of its subjects are imported. */
    @Test
    void whereNobodyRespondsNothingIsTooNew() throws Exception {
        VersionInquiry inquiry = connect("$JS.hub.API");
        assertThat(inquiry.version()).hasToString("2.15.0");
        level(0);
        assertThat(inquiry.version()).hasToString("2.10.0");
    }
}
