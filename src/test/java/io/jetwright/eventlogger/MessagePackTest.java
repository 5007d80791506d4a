package io.jetwright.eventlogger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.msgpack.core.MessageBufferPacker;

class MessagePackTest {
    private static final int LIMIT = 1 << 20;

    private static String json(byte[] payload) throws IOException {
        return new String(Json.write(LIMIT, writer -> MessagePack.write(payload, writer)), UTF_8);
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    /** Packs something. */
    private interface Packing {
        void to(MessageBufferPacker packer) throws IOException;
    }

    private static byte[] packed(Packing packing) throws IOException {
        try (MessageBufferPacker packer = org.msgpack.core.MessagePack.newDefaultBufferPacker()) {
            packing.to(packer);
            return packer.toByteArray();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "00 | 0",
                "7f | 127",
                "ff | -1",
                "e0 | -32",
                "c0 | null",
                "c2 | false",
                "c3 | true",
                "cc ff | 255",
                "cd ffff | 65535",
                "ce ffffffff | 4294967295",
                "cf ffffffffffffffff | 18446744073709551615",
                "d0 80 | -128",
                "d1 8000 | -32768",
                "d2 80000000 | -2147483648",
                "d3 8000000000000000 | -9223372036854775808",
                "cb 3ff8000000000000 | 1.5",
                "ca 7fc00000 | \"NaN\"",
                "cb fff0000000000000 | \"-Infinity\"",
                "a0 | \"\"",
                "a1 22 | \"\\\"\"",
                "d9 01 61 | \"a\"",
                "da 0001 61 | \"a\"",
                "db 00000001 61 | \"a\"",
                // bytes that are no UTF-8
                "a2 ff00 | \"/wA=\"",
                "c4 02 ff00 | \"/wA=\"",
                "c5 0001 61 | \"YQ==\"",
                "c6 00000001 61 | \"YQ==\"",
                "90 | []",
                "dc 0001 01 | [1]",
                "dd 00000002 01 c0 | [1,null]",
                "80 | {}",
                "81 a1 61 91 01 | {\"a\":[1]}",
                "de 0001 a1 61 01 | {\"a\":1}",
                "df 00000001 a1 61 01 | {\"a\":1}",
                // keys of all kinds
                "84 01 00 c0 01 c3 02 c4 01 ff 03 | {\"1\":0,\"null\":1,\"true\":2,\"/w==\":3}",
                "82 d9 01 61 01 a1 61 02 | {\"a\":1,\"a\":2}",
                // extensions, and the timestamp in its three sizes
                "d4 05 ff | {\"type\":5,\"data\":\"/w==\"}",
                "c7 00 07 | {\"type\":7,\"data\":\"\"}",
                "d6 ff 00000001 | \"1970-01-01T00:00:01Z\"",
                "d7 ff 0000000400000001 | \"1970-01-01T00:00:01.000000001Z\"",
                "c7 0c ff 00000000 ffffffffffffffff | \"1969-12-31T23:59:59Z\"",
                "c7 0c ff ffffffff 0000000000000000 | {\"type\":-1,\"data\":\"/////wAAAAAAAAAA\"}",
                "c7 0c ff 00000000 7fffffffffffffff | {\"type\":-1,\"data\":\"AAAAAH//////////\"}"
            })
    void aValueBecomesJson(String payload, String expected) throws IOException {
        assertThat(json(hex(payload))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | it is no MessagePack: it ends within a value",
                "81 | it is no MessagePack: it ends within a value of 2 bytes or elements",
                "81 01 | it is no MessagePack: it ends within a value of 2 bytes or elements",
                "81 91 80 | a map has an array or a map as a key, which JSON cannot have",
                "82 01 02 c0 | it is no MessagePack: it ends within a value of 4 bytes or elements",
                "82 a1 61 91 01 | it is no MessagePack: it ends within a value",
                "cd 00 | it is no MessagePack: it ends within a value",
                "c1 | it is no MessagePack: it has the byte 0xc1, which stands for nothing",
                "01 02 | it is no MessagePack: 1 bytes follow its value",
                "dd ffffffff 00 | it is no MessagePack: it ends within a value of 4294967295 bytes or elements",
                "df ffffffff 00 | it is no MessagePack: it ends within a value of 8589934590 bytes or elements",
                "db 7fffffff 61 | it is no MessagePack: it ends within a value of 2147483647 bytes or elements",
                "c6 ffffffff | it is no MessagePack: it ends within a value of 4294967295 bytes or elements",
                "c9 80000000 01 | it is no MessagePack: it ends within a value of 2147483648 bytes or elements",
                "81 90 01 | a map has an array or a map as a key, which JSON cannot have"
            })
    void whatIsNoneIsRefused(String payload, String reason) {
        assertThatExceptionOfType(DecodingException.class)
                .isThrownBy(() -> json(hex(payload)))
                .withMessage(reason);
    }

    @Test
    void itIsNestedAsDeepAsTheLimitAndNoDeeper() throws IOException {
        var deep = new byte[MessagePack.MAX_DEPTH + 1];
        Arrays.fill(deep, (byte) 0x91);
        deep[MessagePack.MAX_DEPTH] = 0;
        assertThat(json(deep)).isEqualTo("[".repeat(100) + "0" + "]".repeat(100));

        var deeper = new byte[1_000_000];
        Arrays.fill(deeper, (byte) 0x91);
        assertThatExceptionOfType(DecodingException.class)
                .isThrownBy(() -> json(deeper))
                .withMessage("it is nested deeper than 100 levels");
    }

    @Test
    void whatBecomesTooLargeIsRefused() {
        // each byte becomes six, since control characters are escaped
        var payload = new byte[LIMIT / 5 + 5];
        payload[0] = (byte) 0xdb;
        ByteBuffer.wrap(payload).putInt(1, payload.length - 5);
        assertThatExceptionOfType(DecodingException.class)
                .isThrownBy(() -> json(payload))
                .withMessage("it becomes more than 1048576 bytes of JSON");
    }

    @Test
    void whatTheLibraryPacksIsRead() throws IOException {
        byte[] payload = packed(packer -> packer.packMapHeader(5)
                .packString("id")
                .packBigInteger(BigInteger.TWO.pow(64).subtract(BigInteger.ONE))
                .packString("at")
                .packTimestamp(Instant.parse("2026-02-13T08:19:35.123456789Z"))
                .packString("tags")
                .packArrayHeader(2)
                .packString("ünï")
                .packNil()
                .packString("ratio")
                .packDouble(0.1)
                .packString("far")
                .packTimestamp(Instant.parse("9999-12-31T23:59:59Z")));
        assertThat(json(payload))
                .isEqualTo("{\"id\":18446744073709551615,\"at\":\"2026-02-13T08:19:35.123456789Z\","
                        + "\"tags\":[\"ünï\",null],\"ratio\":0.1,\"far\":\"9999-12-31T23:59:59Z\"}");
    }

    @Test
    void anyBytesBecomeValidJsonOrAreRefused() throws IOException {
        var random = new Random(16);
        int decoded = 0;
        for (int i = 0; i < 50_000; i++) {
            var payload = new byte[random.nextInt(24)];
            random.nextBytes(payload);
            try {
                new JsonMapper().readTree(json(payload));
                decoded++;
            } catch (DecodingException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }
        assertThat(decoded).isGreaterThan(100);
    }
}
