package io.jetwright.eventlogger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventDecoderTest {
    private static final Instant TIME = Instant.parse("2026-02-13T08:19:35.5Z");

    private final EventDecoder decoder = StreamFixtures.DECODER;

    private String decode(String subject, byte[] payload) {
        return decoder.decode(7, subject, TIME, payload, Map.of()).toString();
    }

    @Test
    void anEventHasTheFourMembersOfItsMessage() {
        assertThat(decode("events.deploy", "{\"name\":\"deploy\",\"data\":\"nginx v2\"}".getBytes(UTF_8)))
                .isEqualTo("{\"name\":\"deploy\",\"data\":\"nginx v2\",\"subject\":\"events.deploy\","
                        + "\"timestamp\":\"2026-02-13T08:19:35.500Z\"}");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                // an envelope with the subject's name: its data
                "`{\"name\":\"a.b\",\"data\":{\"x\": 1.0}}`, `{\"x\":1.0}`",
                "`{\"timestamp\":\"2026-02-13T08:19:35Z\",\"subject\":\"x\",\"data\":[],\"name\":\"a.b\"}`, `[]`",
                "`{\"name\":\"a.b\",\"data\":null}`, `null`",
                // published when the stream had another prefix
                "`{\"name\":\"events.a.b\",\"data\":1}`, `1`",
                "`{\"name\":\"b\",\"data\":1}`, `1`",
                // any other JSON: all of it
                "`{\"name\":\"other\",\"data\":1}`, `{\"name\":\"other\",\"data\":1}`",
                "`{\"name\":\"a.b\",\"data\":1,\"more\":2}`, `{\"name\":\"a.b\",\"data\":1,\"more\":2}`",
                "`{\"name\":\"a.b\",\"data\":1,\"data\":2}`, `{\"name\":\"a.b\",\"data\":1,\"data\":2}`",
                "`{\"name\":\"a.b\",\"data\":1,\"timestamp\":5}`, `{\"name\":\"a.b\",\"data\":1,\"timestamp\":5}`",
                "`{\"name\":\"a.b\"}`, `{\"name\":\"a.b\"}`",
                "`{\"data\":1}`, `{\"data\":1}`",
                "` [1,\n 2] `, `[1,2]`",
                "`17`, `17`",
                "`\"text\"`, `\"text\"`",
                // what is none: text
                "`plain <b>text</b>`, `\"plain <b>text</b>\"`",
                "`{broken`, `\"{broken\"`",
                "`1 2`, `\"1 2\"`",
                "``, `\"\"`"
            })
    void whatIsShownOfAPayload(String payload, String data) {
        boolean isText = payload.isEmpty() || (data.startsWith("\"") && !payload.startsWith("\""));
        assertThat(decode("events.a.b", payload.getBytes(UTF_8)))
                .startsWith("{\"name\":\"a.b\",\"data\":" + data + ",\"subject\":\"events.a.b\",\"timestamp\":")
                .endsWith(isText ? ",\"encoding\":\"text\"}" : "Z\"}");
    }

    @Test
    void whatIsNoTextIsShownAsBase64() {
        assertThat(decode("events.x", new byte[] {(byte) 0xff, 0, (byte) 0xfe}))
                .contains("\"data\":\"/wD+\"", "\"encoding\":\"base64\"");
    }

    @Test
    void whatIsNestedTooDeepIsShownAsText() {
        String deep = "[".repeat(5_000) + "]".repeat(5_000);
        assertThat(decode("events.x", deep.getBytes(UTF_8))).contains("\"" + deep + "\"", "\"encoding\":\"text\"");
    }

    @Test
    void headersAreKeptButForThoseToTheServer() {
        Event event = decoder.decode(
                7,
                "events.x",
                TIME,
                "1".getBytes(UTF_8),
                Map.of("Trace", List.of("a", "b\"c"), "Nats-Expected-Stream", List.of("EVENTS")));
        assertThat(event).asString().endsWith("\"headers\":{\"Trace\":[\"a\",\"b\\\"c\"]}}");

        assertThat(decoder.decode(
                        7, "events.x", TIME, "1".getBytes(UTF_8), Map.of("Nats-Expected-Stream", List.of("EVENTS"))))
                .asString()
                .doesNotContain("headers");
    }

    @Test
    void aServerSentEventIsOnOneLine() {
        Event event = decoder.decode(42, "events.x", TIME, "{\n\r\n\"a\":\"b\nc\"}".getBytes(UTF_8), Map.of());
        String frame = UTF_8.decode(event.frame()).toString();
        assertThat(frame)
                .startsWith("id: " + EventId.of(42, TIME) + "\ndata: {")
                .endsWith("}\n\n");
        assertThat(frame.lines()).hasSize(3);
    }

    @Test
    void whatWasTooLargeToBeReadIsToldBesideItsSize() {
        Event event = decoder.decode(7, "events.x", TIME, new byte[0], Map.of("Nats-Msg-Size", List.of("5000000")));
        assertThat(event)
                .asString()
                .contains("\"data\":null", "\"encoding\":\"omitted\"", "\"headers\":{\"Nats-Msg-Size\":[\"5000000\"]}");
    }
}
