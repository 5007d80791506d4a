package io.jetwright.it;

import static io.jetwright.it.harness.EventLoggerProcess.json;
import static io.jetwright.it.harness.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jetwright.it.harness.EventLoggerProcess;
import io.jetwright.it.harness.EventStreamClient;
import io.jetwright.it.harness.NatsServer;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.Mirror;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The event logger on streams with several subjects, on a real nats-server. */
class EventLoggerSubjectsIT {
    @RegisterExtension
    static final NatsServer nats = new NatsServer("");

    @RegisterExtension
    final EventLoggerProcess app = new EventLoggerProcess(nats);

    private static void createStream(String... subjects) {
        nats.createStream("EVENTS", StorageType.Memory, subjects);
    }

    private static void send(String subject, String payload) throws IOException, JetStreamApiException {
        nats.connection().jetStream().publish(subject, payload.getBytes(StandardCharsets.UTF_8));
    }

    private void assertShown(String... names) {
        eventually(() -> assertThat(app.events(""))
                .extracting(event -> event.get("name").textValue())
                .containsExactly(names));
    }

    private static void assertRefused(HttpResponse<String> answer, String detail) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(json(answer).get("detail").textValue()).contains(detail);
    }

    private static void assertNoLag(long acknowledged) {
        eventually(() -> {
            ConsumerInfo consumer = nats.jetStream().getConsumerInfo("EVENTS", "event-logger");
            assertThat(consumer.getNumPending() + consumer.getNumAckPending()).isZero();
            assertThat(consumer.getDelivered().getConsumerSequence()).isEqualTo(acknowledged);
        });
    }

    @Test
    void allSubjectsOfTheStreamAreShownAndAcknowledged() throws Exception {
        createStream("auth.user.>", "auth.session.>");
        send("auth.user.login", "1");
        app.start();
        try (var listener = new EventStreamClient(app, "?since=1")) {
            send("auth.session.start", "2");

            assertShown("auth.user.login", "auth.session.start");
            eventually(() -> assertThat(listener.ids()).containsExactly(1L, 2L));
        }
        assertNoLag(2);
        assertThat(app.events("?name=auth.session.*")).hasSize(1);
    }

    @Test
    void whereThereAreSeveralPrefixesThePublisherNamesOne() throws Exception {
        createStream("auth.user.>", "auth.session.>");
        app.start();

        assertRefused(
                app.publish("{\"name\":\"login\"}"),
                "name does not say which of the prefixes auth.user, auth.session it belongs to; expected such as"
                        + " auth.user.login");
        assertThat(app.publish("{\"name\":\"auth.user.login\",\"data\":1}").body())
                .isEqualTo("{\"status\":\"published\",\"subject\":\"auth.user.login\"}");
        assertThat(app.publish("{\"subject\":\"auth.session.start\",\"data\":2}")
                        .body())
                .isEqualTo("{\"status\":\"published\",\"subject\":\"auth.session.start\"}");
        assertRefused(app.publish("{\"subject\":\"auth.other\"}"), "it takes auth.user.>, auth.session.>");

        assertShown("auth.user.login", "auth.session.start");
        assertThat(app.events(""))
                .extracting(event -> event.get("data").intValue())
                .containsExactly(1, 2);
    }

    @Test
    void namesStayShortBesideASubjectWithoutAWildcard() throws Exception {
        createStream("events.>", "audit");
        app.start();
        send("audit", "1");

        assertThat(app.publish("{\"name\":\"deploy\"}").body()).contains("\"events.deploy\"");
        assertThat(app.publish("{\"subject\":\"audit\"}").body()).contains("\"audit\"");
        assertShown("audit", "deploy", "audit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"auth.user.>, orders.*", "orders.*,auth.user.>"})
    void onlyTheConfiguredSubjectsAreShownAndPublished(String subjects) throws Exception {
        createStream("auth.>", "orders.>");
        app.set("SUBJECTS", subjects).set("HISTORY_SIZE", "2").start();
        for (int i = 0; i < 20; i++) {
            send("auth.user.login", "1");
            send("auth.session.start", "2");
            send("orders.new", "3");
            send("orders.new.eu", "4");
        }

        assertShown("auth.user.login", "orders.new");
        assertNoLag(40);
        assertRefused(app.publish("{\"subject\":\"auth.session.start\"}"), "which the stream does not take");
        assertThat(app.publish("{\"name\":\"orders.new\"}").statusCode()).isEqualTo(200);
    }

    @Test
    void subjectsThatTheStreamGetsLaterAreShownWithoutARestart() throws Exception {
        createStream("events.>");
        app.start();
        app.publish("{\"name\":\"deploy\",\"data\":1}");
        assertShown("deploy");

        nats.jetStream()
                .updateStream(StreamConfiguration.builder(
                                nats.jetStream().getStreamInfo("EVENTS").getConfiguration())
                        .subjects("events.>", "orders.>")
                        .build());
        send("orders.new", "2");

        eventually(() -> assertThat(app.events(""))
                .extracting(event -> event.get("subject").textValue())
                .containsExactly("events.deploy", "orders.new"));
        eventually(() -> assertThat(app.get("/status").body()).contains("\"subjects\":[\"events.>\",\"orders.>\"]"));
        assertThat(app.publish("{\"name\":\"orders.new\"}").statusCode()).isEqualTo(200);
        app.running().terminate();
        app.start();
        assertShown("events.deploy", "orders.new", "orders.new");
        assertThat(app.events("").getFirst().get("data").intValue()).isEqualTo(1);
    }

    @Test
    void aMirrorIsShownAndPublishedToOnlyWhereItIsConfigured() throws Exception {
        eventually(() -> nats.jetStream()
                .addStream(StreamConfiguration.builder()
                        .name("ORIGIN")
                        .subjects("origin.>")
                        .build()));
        nats.jetStream()
                .addStream(StreamConfiguration.builder()
                        .name("EVENTS")
                        .mirror(Mirror.builder().sourceName("ORIGIN").build())
                        .build());
        app.start();
        send("origin.a", "1");

        assertShown("origin.a");
        assertRefused(app.publish("{\"name\":\"origin.b\"}"), "set SUBJECT_PREFIX");
        assertRefused(app.publish("{\"subject\":\"$JS.API.STREAM.PURGE.EVENTS\"}"), "set SUBJECT_PREFIX");
    }

    /** As they were written, however they come in and go out. */
    @Test
    void numbersStayAsTheyWereWritten() throws Exception {
        createStream("events.>");
        String data = "{\"id\":9007199254740993,\"big\":123456789012345678901234567890,\"price\":1.50,\"small\":-0.0,"
                + "\"huge\":1e400,\"E\":1E+2,\"list\":[9223372036854775807,0.10,1.000],\"digits\":" + "7".repeat(900)
                + "}";
        app.start();
        assertThat(app.publish("{\"name\":\"a\",\"data\":" + data + "}", "Idempotency-Key", "k")
                        .statusCode())
                .isEqualTo(200);
        send("events.b", data);
        send("events.c", "9007199254740993");
        app.publish("{\"name\":\"d\",\"data\":1.50}");
        assertShown("a", "b", "c", "d");

        String body = app.get("/events").body();
        assertThat(body)
                .contains(
                        "{\"name\":\"a\",\"data\":" + data + ",",
                        "{\"name\":\"b\",\"data\":" + data + ",",
                        "{\"name\":\"c\",\"data\":9007199254740993,",
                        "{\"name\":\"d\",\"data\":1.50,");
        try (var fresh = new EventStreamClient(app, "");
                var resumed = new EventStreamClient(app, "?since=1")) {
            for (EventStreamClient client : List.of(fresh, resumed)) {
                eventually(() -> assertThat(client.received()).hasSize(4));
                assertThat(client.received().getFirst().data()).contains("\"data\":" + data);
            }
        }
        byte[] stored = nats.jetStream().getMessage("EVENTS", 1).getData();
        assertThat(new String(stored, StandardCharsets.UTF_8)).isEqualTo("{\"name\":\"a\",\"data\":" + data + "}");
        // another notation is another event
        assertThat(app.publish("{\"name\":\"a\",\"data\":" + data.replace("1.50", "1.5") + "}", "Idempotency-Key", "k")
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void theStatusSaysWhatIsShown() throws Exception {
        createStream("auth.user.>", "auth.session.>");
        app.start();

        JsonNode stream = json(app.get("/status")).get("stream");
        assertThat(stream.get("subjects")).hasToString("[\"auth.user.>\",\"auth.session.>\"]");
        assertThat(stream.get("prefix").textValue()).isEmpty();
    }
}
