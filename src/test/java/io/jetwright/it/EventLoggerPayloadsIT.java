package io.jetwright.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.jetwright.it.harness.EventLoggerProcess.json;
import static io.jetwright.it.harness.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import io.jetwright.eventlogger.Schemas;
import io.jetwright.it.harness.EventLoggerProcess;
import io.jetwright.it.harness.EventStreamClient;
import io.jetwright.it.harness.NatsServer;
import io.jetwright.it.harness.PageBrowser;
import io.nats.client.api.StorageType;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Events that are protobuf or MessagePack, as the services of the example with one schema for each service send them. */
class EventLoggerPayloadsIT {
    private static final byte[] USER = Schemas.userCreated(9007199254740993L, "Zoë");
    private static final String USER_JSON =
            "{\"metadata\":{\"eventId\":\"e-1\",\"version\":\"9223372036854775807\"},\"userId\":\"9007199254740993\",\"displayName\":\"Zoë\"}";
    private static final byte[] PACKED = HexFormat.of().parseHex("81a26964cfffffffffffffffff");

    @RegisterExtension
    static final NatsServer nats = new NatsServer("");

    @RegisterExtension
    static final PageBrowser browser = new PageBrowser();

    @RegisterExtension
    final EventLoggerProcess app = new EventLoggerProcess(nats);

    @TempDir
    private Path directory;

    @BeforeEach
    void configure() {
        nats.createStream("EVENTS", StorageType.File, "auth.>", "metrics.>");
        Schemas.write(directory.resolve("auth.binpb"), Schemas.auth());
        app.set("PROTOBUF_DESCRIPTORS", directory.toString())
                .set("PROTOBUF_TYPES", "auth.user.*.created=auth.UserCreated,auth.user.*.deleted=auth.UserDeleted")
                .set("MSGPACK_SUBJECTS", "metrics.>");
    }

    private static void publish(String subject, byte[] payload, String... contentType) throws Exception {
        var headers = new Headers();
        for (String each : contentType) {
            headers.add("Content-Type", each);
        }
        nats.connection()
                .jetStream()
                .publish(NatsMessage.builder()
                        .subject(subject)
                        .headers(headers)
                        .data(payload)
                        .build());
    }

    @Test
    void theyAreDecodedWhereverEventsAreShown() throws Exception {
        app.start();
        publish("auth.user.7.created", USER);
        publish("metrics.cpu", PACKED);
        publish("auth.session.1", new byte[] {0x12, 1, 's'}, "application/x-protobuf; proto=auth.SessionCreated");
        publish("auth.user.7.deleted", new byte[] {(byte) 0xff});

        eventually(() -> assertThat(app.events("")).hasSize(4));
        List<JsonNode> events = app.events("");
        assertThat(events.get(0).get("data").toString()).isEqualTo(USER_JSON);
        assertThat(events.get(0).get("encoding").textValue()).isEqualTo("protobuf");
        assertThat(events.get(0).get("type").textValue()).isEqualTo("auth.UserCreated");
        assertThat(events.get(1).get("data").toString()).isEqualTo("{\"id\":18446744073709551615}");
        assertThat(events.get(1).get("encoding").textValue()).isEqualTo("msgpack");
        assertThat(events.get(2).get("data").toString()).isEqualTo("{\"sessionId\":\"s\"}");
        assertThat(events.get(3).get("encoding").textValue()).isEqualTo("base64");
        assertThat(events.get(3).get("decodeError").textValue()).startsWith("it is no auth.UserDeleted: ");

        JsonNode history = json(app.get("/history")).get("events");
        for (int i = 0; i < 4; i++) {
            assertThat(history.get(i).get("data")).isEqualTo(events.get(i).get("data"));
            assertThat(history.get(i).get("encoding")).isEqualTo(events.get(i).get("encoding"));
        }
        assertThat(json(app.get("/events/1")).get("type").textValue()).isEqualTo("auth.UserCreated");
        assertThat(app.get("/history?format=jsonl").body()).contains("\"data\":" + USER_JSON);
        try (EventStreamClient listener = new EventStreamClient(app, "")) {
            eventually(() -> assertThat(listener.received().toString()).contains(USER_JSON));
        }
        assertThat(app.manage("/metrics").body())
                .containsPattern("event_logger_payloads_undecoded_total [1-9]")
                .contains("event_logger_descriptors_stale 0.0");
    }

    @Test
    void descriptorsThatChangeAreTakenOverAndBrokenOnesAreNot() throws Exception {
        app.start();
        publish("auth.more", new byte[] {0x08, 5}, "application/protobuf; proto=all.Gone");
        eventually(() -> assertThat(app.events("").toString()).contains("the descriptors have no message all.Gone"));

        Path more = Files.writeString(directory.resolve("more"), "broken");
        eventually(() -> assertThat(app.manage("/metrics").body()).contains("event_logger_descriptors_stale 1.0"));
        publish("auth.user.7.created", USER);
        eventually(() -> assertThat(app.events("").toString()).contains("\"displayName\":\"Zoë\""));

        Files.delete(more);
        eventually(() -> assertThat(app.manage("/metrics").body()).contains("event_logger_descriptors_stale 0.0"));
    }

    @Test
    void whatIsWrongEndsTheStartWithTheCure() throws Exception {
        app.set("PROTOBUF_TYPES", "auth.>=auth.Users").launch();

        assertThat(app.running().exitCode()).isNotZero();
        assertThat(app.running().output().toString())
                .contains("PROTOBUF_TYPES: the descriptors have no message auth.Users; they have auth.SessionCreated,");
    }

    /** Six bytes each, more than two hundred as objects. */
    private static byte[] messages(int count) {
        byte[] one = {(byte) 0xaa, 3, 3, (byte) 0xd0, 3, 5};
        var all = new byte[count * one.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = one[i % one.length];
        }
        return all;
    }

    @Test
    void neitherManySmallPartsNorDeepOnesTakeMoreMemoryThanThereIs() throws Exception {
        Schemas.write(directory.resolve("all.binpb"), Schemas.all());
        app.set("JAVA_TOOL_OPTIONS", "-Xmx128m -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError")
                .start();
        var nested = new byte[1_000_000];
        Arrays.fill(nested, (byte) 0x91);
        byte[] declared = HexFormat.of().parseHex("ddffffffff00");
        String kinds = "application/protobuf; proto=all.Kinds";
        int rounds = 12;
        for (int i = 0; i < rounds; i++) {
            publish("auth.many", messages(170_000), kinds);
            publish("auth.most", messages(60_000), kinds);
            publish("metrics.deep", nested);
            publish("metrics.declared", declared);
        }

        publish("metrics.last", new byte[] {7});
        eventually(() -> assertThat(app.events("?name=metrics.last")).hasSize(1));
        for (int i = 0; i < rounds; i++) {
            JsonNode many = json(app.get("/events/" + (4 * i + 1)));
            assertThat(many.get("decodeError").textValue())
                    .matches("its parts would take more than [0-9]+ bytes of memory");
            assertThat(json(app.get("/events/" + (4 * i + 2))).get("data").get("selves"))
                    .hasSize(60_000);
            assertThat(json(app.get("/events/" + (4 * i + 3)))
                            .get("decodeError")
                            .textValue())
                    .isEqualTo("it is nested deeper than 100 levels");
            assertThat(json(app.get("/events/" + (4 * i + 4)))
                            .get("decodeError")
                            .textValue())
                    .startsWith("it is no MessagePack");
        }
        assertThat(app.manage("/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void thePageShowsThemWithTheirTypeAndAsTheyAreSent() throws Exception {
        app.start();
        publish("metrics.cpu", PACKED);
        publish("auth.user.8.deleted", "no protobuf".getBytes(UTF_8));
        publish("auth.user.7.created", USER);
        Page page = browser.open(app.url("/"));

        assertThat(page.locator("#events .data").first()).containsText("UserCreated" + USER_JSON);
        assertThat(page.locator("#events .data").last()).containsText("msgpack{\"id\":18446744073709551615}");
        page.locator("#events .event").first().click();
        assertThat(page.locator("#detail-facts")).containsText("protobuf");
        assertThat(page.locator("#detail-facts")).containsText("auth.UserCreated");
        assertThat(page.locator("#detail-data .j-string").last()).hasText("\"Zoë\"");
        assertThat(page.locator("#again")).isHidden();
        page.locator("#view-hex").check();
        assertThat(page.locator("#detail-data")).containsText("0a 0f 0a 03 65 2d 31");
        page.locator("#events .event").nth(1).click();
        assertThat(page.locator("#detail-facts")).containsText("Not decoded");
        assertThat(page.locator("#detail-facts")).containsText("it is no auth.UserDeleted: ");
    }
}
