package io.jetwright.eventlogger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.environment.Environment;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadDecoderTest {
    private static final byte[] USER = Schemas.userCreated(42, "Zoë");
    private static final String USER_JSON =
            "{\"metadata\":{\"eventId\":\"e-1\",\"version\":\"9223372036854775807\"},\"userId\":\"42\",\"displayName\":\"Zoë\"}";
    private static final byte[] PACKED = HexFormat.of().parseHex("81a26964cfffffffffffffffff");
    private static final String PACKED_JSON = "{\"id\":18446744073709551615}";

    @TempDir
    private Path directory;

    private PayloadDecoder decoder;

    @BeforeEach
    void make() {
        String file = Schemas.write(directory.resolve("auth"), Schemas.auth()).toString();
        var variables = Map.of(
                "PROTOBUF_DESCRIPTORS", file,
                "PROTOBUF_TYPES", "auth.user.>=auth.UserCreated,auth.user.*.deleted=auth.UserDeleted",
                "MSGPACK_SUBJECTS", "metrics.>,auth.user.packed");
        decoder = new PayloadDecoder(PayloadSettings.of(new Environment(variables)), 1 << 20);
    }

    private EventData decode(String subject, byte[] payload) {
        return decoder.decode(subject, payload, Map.of());
    }

    private EventData decode(String subject, byte[] payload, String contentType) {
        return decoder.decode(subject, payload, Map.of("Content-Type", List.of(contentType)));
    }

    private static EventData protobuf(String json, String type) {
        return new EventData(json, "protobuf", type, List.of(), null);
    }

    @Test
    void theNarrowestPatternSaysWhatAPayloadIs() {
        assertThat(decode("auth.user.42.created", USER)).isEqualTo(protobuf(USER_JSON, "auth.UserCreated"));
        assertThat(decode("auth.user.42.deleted", new byte[] {0x10, 7}))
                .isEqualTo(protobuf("{\"userId\":\"7\"}", "auth.UserDeleted"));
        assertThat(decode("auth.user.packed", PACKED)).isEqualTo(new EventData(PACKED_JSON, "msgpack"));
        assertThat(decode("metrics.cpu", PACKED)).isEqualTo(new EventData(PACKED_JSON, "msgpack"));
        assertThat(decode("other", PACKED).encoding()).isEqualTo("base64");
        assertThat(decode("other", USER).encoding()).isEqualTo("base64");
        assertThat(decoder.undecoded()).isZero();
    }

    @Test
    void theMessagesContentTypeSaysItFirst() {
        assertThat(decode("other", USER, "application/x-protobuf; proto=auth.UserCreated"))
                .isEqualTo(protobuf(USER_JSON, "auth.UserCreated"));
        assertThat(decode(
                        "metrics.user", new byte[] {0x10, 7}, "application/protobuf; messageType=\"auth.UserDeleted\""))
                .isEqualTo(protobuf("{\"userId\":\"7\"}", "auth.UserDeleted"));
        assertThat(decode("auth.user.1", USER, "application/protobuf"))
                .isEqualTo(protobuf(USER_JSON, "auth.UserCreated"));
        assertThat(decode("auth.user.1", PACKED, "application/msgpack"))
                .isEqualTo(new EventData(PACKED_JSON, "msgpack"));
        assertThat(decode("auth.user.1", "7".getBytes(UTF_8), "text/plain")).isEqualTo(new EventData("7", null));
        assertThat(decode("auth.user.1", USER, "application/octet-stream").encoding())
                .isEqualTo("protobuf");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1}", "[1,2]", "\"text\"", "17", "true", "null", "-1.50"})
    void jsonStaysJson(String json) {
        EventData expected = new EventData(json, null);
        assertThat(decode("auth.user.1", json.getBytes(UTF_8))).isEqualTo(expected);
        assertThat(decode("auth.user.1", json.getBytes(UTF_8), "application/protobuf"))
                .isEqualTo(expected);
        assertThat(decode("metrics.a", json.getBytes(UTF_8))).isEqualTo(expected);
        assertThat(decoder.undecoded()).isZero();
    }

    @Test
    void whatIsNotDecodedIsShownAsBeforeAndSaysWhy() {
        assertThat(decode("auth.user.1", "plain text".getBytes(UTF_8)))
                .satisfies(data -> assertThat(data.json()).isEqualTo("\"plain text\""))
                .satisfies(data -> assertThat(data.encoding()).isEqualTo("text"))
                .satisfies(data -> assertThat(data.decodeError()).startsWith("it is no auth.UserCreated: "));
        assertThat(decode("auth.user.1", new byte[] {(byte) 0xff, (byte) 0xff}).encoding())
                .isEqualTo("base64");
        assertThat(decode("metrics.a", "plain".getBytes(UTF_8)).decodeError())
                .isEqualTo("it is no MessagePack: 4 bytes follow its value");
        assertThat(decode("other", PACKED, "application/protobuf").decodeError())
                .isEqualTo("neither the Content-Type nor PROTOBUF_TYPES says which protobuf message it is");
        assertThat(decode("other", PACKED, "application/protobuf; proto=a.B").decodeError())
                .isEqualTo("the descriptors have no message a.B");
        assertThat(decoder.undecoded()).isEqualTo(5);
    }

    @Test
    void withoutDescriptorsAMessageThatSaysItIsProtobufSaysWhereToPutThem() {
        EventData data = StreamFixtures.PAYLOADS.decode(
                "a", PACKED, Map.of("Content-Type", List.of("application/protobuf; proto=a.B")));
        assertThat(data.encoding()).isEqualTo("base64");
        assertThat(data.decodeError())
                .isEqualTo(
                        "there are no descriptors of protobuf messages; see PROTOBUF_DESCRIPTORS, or spec.protobuf of the EventLogger");
    }

    /** What a newer schema has, and what another one is that fits by chance. */
    @Test
    void whatLeavesFieldsUnknownIsDecodedUnlessItIsText() {
        byte[] newer = {0x10, 7, 0x78, 1};
        assertThat(decode("auth.user.1", newer))
                .isEqualTo(new EventData("{\"userId\":\"7\"}", "protobuf", "auth.UserCreated", List.of("15"), null));

        // field 8, of 58 bytes
        byte[] text = ("B:" + "x".repeat(58)).getBytes(UTF_8);
        assertThat(decode("auth.user.1", text).encoding()).isEqualTo("text");
        assertThat(decode("auth.user.1", text).decodeError()).isEqualTo("it leaves fields unknown, and is text");
        assertThat(decode("auth.user.1", text, "application/protobuf").encoding())
                .isEqualTo("protobuf");
    }

    @Test
    void anEventTellsHowItsDataIsToBeRead() {
        var event = new EventDecoder("auth", decoder);
        assertThat(event.decode(7, "auth.user.1", Instant.EPOCH, USER, Map.of()).toString())
                .contains("\"data\":" + USER_JSON + ",", "\"encoding\":\"protobuf\",\"type\":\"auth.UserCreated\"}");
        assertThat(event.decode(7, "auth.user.1", Instant.EPOCH, "x".getBytes(UTF_8), Map.of())
                        .toString())
                .contains("\"data\":\"x\",", "\"encoding\":\"text\",\"decodeError\":\"it is no auth.UserCreated: ");
        assertThat(event.decode(7, "auth.user.1", Instant.EPOCH, new byte[] {0x78, 1}, Map.of())
                        .toString())
                .contains("\"data\":{},", "\"type\":\"auth.UserCreated\",\"unknownFields\":[\"15\"]}");
    }

    @Test
    void anyBytesAreShownSomehow() {
        var random = new Random(16);
        String[] types = {
            "application/protobuf", "application/msgpack", "application/protobuf; proto=auth.UserDeleted", "x"
        };
        for (int i = 0; i < 20_000; i++) {
            var payload = new byte[random.nextInt(40)];
            random.nextBytes(payload);
            EventData data =
                    decode(i % 2 == 0 ? "auth.user.1" : "metrics.a", payload, types[random.nextInt(types.length)]);
            assertThat(data.json()).isNotEmpty().doesNotContain("\n");
            if (data.decodeError() != null) {
                assertThat(data.encoding()).isIn("text", "base64");
            }
        }
    }
}
