package io.jetwright.eventlogger;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistoryEventTest {
    private final HistoryEvent event =
            new HistoryEvent(StreamFixtures.view(List.of("events.>"), -1, null), StreamFixtures.PAYLOADS);

    private String json(byte[] payload, long size, boolean isWhole) {
        return new String(
                event.json(
                        new StoredMessage(
                                7,
                                "events.a",
                                Instant.parse("2026-02-13T08:19:35.1239Z"),
                                payload,
                                Map.of("X", List.of("1")),
                                size),
                        isWhole),
                UTF_8);
    }

    private String json(String payload) {
        byte[] bytes = payload.getBytes(UTF_8);
        return json(bytes, bytes.length, false);
    }

    @Test
    void hasSequenceMillisecondsAndSize() {
        assertThat(json("{\"p\":1.50}"))
                .isEqualTo("{\"sequence\":7,\"name\":\"a\",\"data\":{\"p\":1.50},\"subject\":\"events.a\","
                        + "\"timestamp\":\"2026-02-13T08:19:35.123Z\",\"size\":10,\"headers\":{\"X\":[\"1\"]}}");
        assertThat(HistoryEvent.time(Instant.EPOCH)).isEqualTo("1970-01-01T00:00:00.000Z");
    }

    @Test
    void aLargePayloadIsShownInPart() {
        String limit = "\"" + "x".repeat(HistoryEvent.LARGE - 2) + "\"";
        assertThat(json(limit)).contains(limit).doesNotContain("truncated");

        String larger = "\"" + "x".repeat(HistoryEvent.LARGE - 1) + "\"";
        assertThat(json(larger))
                .contains("\"data\":\"\\\"" + "x".repeat(HistoryEvent.BEGINNING - 1) + "\",")
                .contains("\"size\":65537,\"encoding\":\"text\",\"truncated\":true");
        byte[] bytes = larger.getBytes(UTF_8);
        assertThat(json(bytes, bytes.length, true)).contains(larger).doesNotContain("truncated");
    }

    @Test
    void noCharacterIsCutInTwo() {
        assertThat(json("x" + "\uD83D\uDE00".repeat(20_000)))
                .contains("\"data\":\"x" + "\\uD83D\\uDE00".repeat(HistoryEvent.BEGINNING / 2 - 1) + "\",");
        var binary = new byte[70_000];
        binary[0] = (byte) 0xff;
        assertThat(json(binary, binary.length, false))
                .containsPattern("\"data\":\"/wAA[A-Za-z0-9+/]{10000,10920}\"")
                .contains("\"encoding\":\"base64\",\"truncated\":true");
    }

    @Test
    void aPayloadThatWasNotReadIsNotThere() {
        assertThat(json(new byte[0], 9_000_000, true))
                .contains("\"data\":null", "\"size\":9000000,\"encoding\":\"omitted\"")
                .doesNotContain("truncated");
    }

    /** 30 KiB of text become 180 KiB, since control characters are escaped. */
    @Test
    void whatIsLargeWhenItIsDecodedIsShownInPart() {
        byte[] payload = ("\u00dax\0" + "\u0001".repeat(0x7800)).getBytes(ISO_8859_1);
        var message = new StoredMessage(
                7,
                "events.a",
                Instant.EPOCH,
                payload,
                Map.of("Content-Type", List.of("application/msgpack")),
                payload.length);

        assertThat(new String(event.json(message, false), UTF_8))
                .contains("\"data\":\"\\\"\\\\u0001", "\"encoding\":\"msgpack\",\"truncated\":true")
                .hasSizeLessThan(2 * HistoryEvent.BEGINNING);
        assertThat(new String(event.json(message, true), UTF_8))
                .contains("\"data\":\"\\u0001", "\"encoding\":\"msgpack\"")
                .doesNotContain("truncated")
                .hasSizeGreaterThan(6 * 0x7800);
    }
}
