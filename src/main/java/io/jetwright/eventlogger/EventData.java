package io.jetwright.eventlogger;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a payload is shown as.
 *
 * @param json on one line
 * @param encoding "text" or "base64" for a string that stands for a payload that is not JSON, "protobuf" or "msgpack" for what
 *     such a payload was decoded to; null for JSON
 * @param type the full name of the protobuf message; null for all else
 * @param unknownFields of the protobuf message, which its type does not have, such as {@code metadata.9}; not all of many
 * @param decodeError why the payload was not decoded although it should be; null if it was, or should not be
 */
record EventData(
        String json,
        @Nullable String encoding,
        @Nullable String type,
        List<String> unknownFields,
        @Nullable String decodeError) {
    static final String TEXT = "text";
    static final String BASE64 = "base64";

    /** The members of a message that this app has published. With any other member a payload is shown as a whole. */
    private static final Set<String> ENVELOPE = Set.of("name", "data", "subject", "timestamp");

    EventData(String json, @Nullable String encoding) {
        this(json, encoding, null, List.of(), null);
    }

    /** The same, but with why it is not decoded. */
    EventData withDecodeError(String reason) {
        return new EventData(json, encoding, type, unknownFields, reason);
    }

    /** The same, but with another text in the place of the JSON. */
    EventData withText(String text, @Nullable String as) {
        return new EventData(quoted(text), as, type, unknownFields, decodeError);
    }

    /** Whether this is what protobuf or MessagePack was decoded to. */
    boolean isDecoded() {
        return encoding != null && (encoding.equals(ProtobufDecoder.ENCODING) || encoding.equals(MessagePack.ENCODING));
    }

    /** Writes the members that tell how {@code data} is to be read. */
    void writeEncoding(JsonGenerator writer) throws IOException {
        if (encoding != null) {
            writer.writeStringField("encoding", encoding);
        }
        if (type != null) {
            writer.writeStringField("type", type);
        }
        if (!unknownFields.isEmpty()) {
            writer.writeArrayFieldStart("unknownFields");
            for (String field : unknownFields) {
                writer.writeString(field);
            }
            writer.writeEndArray();
        }
        if (decodeError != null) {
            writer.writeStringField("decodeError", decodeError);
        }
    }

    /** Of any message: JSON as it is, text as a string, and what is not UTF-8 as base64. */
    static EventData of(String subject, byte[] payload) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(payload))
                    .toString();
        } catch (CharacterCodingException e) {
            return new EventData(quoted(Base64.getEncoder().encodeToString(payload)), BASE64);
        }
        try {
            return new EventData(json(subject, text), null);
        } catch (IOException e) {
            return new EventData(quoted(text), TEXT);
        }
    }

    /** A JSON string with this text. */
    static String quoted(String text) {
        return new String(Json.write(json -> json.writeString(text)), StandardCharsets.UTF_8);
    }

    /** The member data, if the text is the envelope of an event with this subject; else the whole text. */
    private static String json(String subject, String text) throws IOException {
        String whole;
        try (JsonParser parser = Json.parser(text)) {
            if (parser.nextToken() == null) {
                throw new IOException("empty");
            }
            whole = Json.value(parser, text);
            if (parser.nextToken() != null) {
                throw new IOException("more than one value");
            }
        }
        String data = whole.startsWith("{") ? enveloped(subject, whole) : null;
        return data == null ? whole : data;
    }

    /**
     * The member data of an envelope; null if the object has other members, or a name that is not the end of the subject.
     * How much of the subject the name is depends on the prefix at the time when the event was published.
     */
    private static @Nullable String enveloped(String subject, String object) throws IOException {
        try (JsonParser parser = Json.parser(object)) {
            parser.nextToken();
            String data = null;
            boolean isNamed = false;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                parser.nextToken();
                if (!ENVELOPE.contains(field) || (field.equals("data") && data != null)) {
                    return null;
                }
                if (field.equals("data")) {
                    data = Json.value(parser, object);
                } else if (parser.currentToken() != JsonToken.VALUE_STRING) {
                    return null;
                } else if (field.equals("name")) {
                    String name = parser.getText();
                    isNamed = subject.equals(name) || subject.endsWith("." + name);
                }
            }
            return isNamed ? data : null;
        }
    }
}
