package io.jetwright.eventlogger;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Writes MessagePack as JSON. Numbers stay exact, a timestamp becomes RFC 3339, bytes become base64, and another extension
 * {@code {"type": 5, "data": "base64"}}.
 *
 * <p>Source: <a href="https://github.com/msgpack/msgpack/blob/master/spec.md">MessagePack specification</a>.
 */
final class MessagePack {
    static final String ENCODING = "msgpack";

    /** Of arrays and maps within each other. */
    static final int MAX_DEPTH = 100;

    private static final byte TIMESTAMP = -1;

    private final ByteBuffer in;
    private final JsonGenerator json;

    private MessagePack(ByteBuffer in, JsonGenerator json) {
        this.in = in;
        this.json = json;
    }

    /**
     * Writes the value that a payload is.
     *
     * @throws DecodingException if it is none, more than one, or nested too deeply
     */
    static void write(byte[] payload, JsonGenerator json) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(payload);
        try {
            new MessagePack(in, json).value(0);
        } catch (BufferUnderflowException e) {
            throw new DecodingException("it is no MessagePack: it ends within a value");
        }
        if (in.hasRemaining()) {
            throw new DecodingException("it is no MessagePack: %d bytes follow its value".formatted(in.remaining()));
        }
    }

    private void value(int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new DecodingException("it is nested deeper than " + MAX_DEPTH + " levels");
        }
        int head = in.get() & 0xff;
        if (head <= 0x7f || head >= 0xe0) {
            json.writeNumber((byte) head);
        } else if (head <= 0x8f) {
            map(head & 0x0f, depth);
        } else if (head <= 0x9f) {
            array(head & 0x0f, depth);
        } else if (head <= 0xbf) {
            string(head & 0x1f);
        } else {
            typed(head, depth);
        }
    }

    private void typed(int head, int depth) throws IOException {
        switch (head) {
            case 0xc0 -> json.writeNull();
            case 0xc2, 0xc3 -> json.writeBoolean(head == 0xc3);
            case 0xc4, 0xc5, 0xc6 -> json.writeString(base64(bytes(length(head - 0xc4))));
            case 0xc7, 0xc8, 0xc9 -> extension(length(head - 0xc7));
            case 0xca -> json.writeNumber(in.getFloat());
            case 0xcb -> json.writeNumber(in.getDouble());
            case 0xcc, 0xcd, 0xce -> json.writeNumber(length(head - 0xcc));
            case 0xcf -> json.writeNumber(new BigInteger(Long.toUnsignedString(in.getLong())));
            case 0xd0 -> json.writeNumber(in.get());
            case 0xd1 -> json.writeNumber(in.getShort());
            case 0xd2 -> json.writeNumber(in.getInt());
            case 0xd3 -> json.writeNumber(in.getLong());
            case 0xd4, 0xd5, 0xd6, 0xd7, 0xd8 -> extension(1L << (head - 0xd4));
            case 0xd9, 0xda, 0xdb -> string(length(head - 0xd9));
            case 0xdc, 0xdd -> array(length(head - 0xdc + 1), depth);
            case 0xde, 0xdf -> map(length(head - 0xde + 1), depth);
            default ->
                throw new DecodingException("it is no MessagePack: it has the byte 0xc1, which stands for nothing");
        }
    }

    /** An unsigned number of 1, 2 or 4 bytes, by its size's place in this list. */
    private long length(int size) {
        return switch (size) {
            case 0 -> in.get() & 0xff;
            case 1 -> in.getShort() & 0xffff;
            default -> in.getInt() & 0xffff_ffffL;
        };
    }

    /** Refuses what is said to be longer than the payload before anything is made of it: each element has a byte at least. */
    private byte[] bytes(long length) throws DecodingException {
        requireLeft(length);
        var bytes = new byte[(int) length];
        in.get(bytes);
        return bytes;
    }

    private void requireLeft(long length) throws DecodingException {
        if (length > in.remaining()) {
            throw new DecodingException(
                    "it is no MessagePack: it ends within a value of %d bytes or elements".formatted(length));
        }
    }

    private void array(long length, int depth) throws IOException {
        requireLeft(length);
        json.writeStartArray();
        for (long i = 0; i < length; i++) {
            value(depth + 1);
        }
        json.writeEndArray();
    }

    private void map(long length, int depth) throws IOException {
        requireLeft(2 * length);
        json.writeStartObject();
        for (long i = 0; i < length; i++) {
            json.writeFieldName(key());
            value(depth + 1);
        }
        json.writeEndObject();
    }

    /** A key that is no string becomes its JSON. */
    private String key() throws IOException {
        int head = in.get() & 0xff;
        boolean isString = (head >= 0xa0 && head <= 0xbf) || (head >= 0xd9 && head <= 0xdb);
        boolean isBytes = head >= 0xc4 && head <= 0xc6;
        boolean isNested = (head >= 0x80 && head <= 0x9f) || (head >= 0xdc && head <= 0xdf);
        if (isString || isBytes) {
            long length = head <= 0xbf ? head & 0x1f : length(isBytes ? head - 0xc4 : head - 0xd9);
            byte[] bytes = bytes(length);
            String text = isBytes ? null : text(bytes);
            return text == null ? base64(bytes) : text;
        }
        if (isNested) {
            throw new DecodingException("a map has an array or a map as a key, which JSON cannot have");
        }
        in.position(in.position() - 1);
        byte[] key = Json.write(Integer.MAX_VALUE, writer -> new MessagePack(in, writer).value(0));
        return new String(key, StandardCharsets.UTF_8);
    }

    /** Bytes that are no UTF-8 are allowed in a string; they become base64. */
    private void string(long length) throws IOException {
        byte[] bytes = bytes(length);
        String text = text(bytes);
        json.writeString(text == null ? base64(bytes) : text);
    }

    private static @Nullable String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private void extension(long length) throws IOException {
        byte type = in.get();
        byte[] data = bytes(length);
        Instant time = type == TIMESTAMP ? timestamp(ByteBuffer.wrap(data)) : null;
        if (time != null) {
            json.writeString(time.toString());
            return;
        }
        json.writeStartObject();
        json.writeNumberField("type", type);
        json.writeStringField("data", base64(data));
        json.writeEndObject();
    }

    /** Null if it is none. */
    private static @Nullable Instant timestamp(ByteBuffer data) {
        long seconds;
        long nanoseconds = 0;
        switch (data.remaining()) {
            case 4 -> seconds = data.getInt() & 0xffff_ffffL;
            case 8 -> {
                long both = data.getLong();
                seconds = both & 0x3_ffff_ffffL;
                nanoseconds = both >>> 34;
            }
            case 12 -> {
                nanoseconds = data.getInt() & 0xffff_ffffL;
                seconds = data.getLong();
            }
            default -> {
                return null;
            }
        }
        try {
            return nanoseconds > 999_999_999 ? null : Instant.ofEpochSecond(seconds, nanoseconds);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
