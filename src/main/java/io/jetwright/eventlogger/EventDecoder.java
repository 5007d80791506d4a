package io.jetwright.eventlogger;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes an event of any message: a payload that is not JSON is shown as a string, and one that is not UTF-8 as
 * base64. A message that was too large to be read comes without its payload.
 */
final class EventDecoder {
    /** The members of a message that this app has published. With any other member a payload is shown as a whole. */
    private static final Set<String> ENVELOPE = Set.of("name", "data", "subject", "timestamp");

    /** What the server says of a payload that it does not send. */
    private static final String SIZE = "Nats-Msg-Size";

    /** The prefix of headers that tell the server what a publisher expects of the stream; they are not shown. */
    private static final String EXPECTATION = "Nats-Expected-";

    private final String prefix;

    /**
     * For events with these names.
     *
     * @param prefix of the subjects that an event's name stands for, without the dot; may be empty
     */
    EventDecoder(String prefix) {
        this.prefix = prefix;
    }

    /**
     * The event's data.
     *
     * @param encoding "text", "base64" or "omitted"; null for JSON
     */
    private record Data(String json, @Nullable String encoding) {}

    Event decode(long sequence, String subject, Instant timestamp, byte[] payload, Map<String, List<String>> headers) {
        String name = Subjects.name(prefix, subject);
        boolean isOmitted = payload.length == 0
                && headers.containsKey(SIZE)
                && !headers.get(SIZE).equals(List.of("0"));
        Data data = isOmitted ? new Data("null", "omitted") : data(subject, payload);
        byte[] json = Json.write(writer -> {
            writer.writeStartObject();
            writer.writeStringField("name", name);
            writer.writeFieldName("data");
            writer.writeRawValue(data.json());
            writer.writeStringField("subject", subject);
            writer.writeStringField("timestamp", timestamp.toString());
            if (data.encoding() != null) {
                writer.writeStringField("encoding", data.encoding());
            }
            if (headers.keySet().stream().anyMatch(EventDecoder::isShown)) {
                writer.writeObjectFieldStart("headers");
                for (Map.Entry<String, List<String>> header : headers.entrySet()) {
                    if (!isShown(header.getKey())) {
                        continue;
                    }
                    writer.writeArrayFieldStart(header.getKey());
                    for (String value : header.getValue()) {
                        writer.writeString(value);
                    }
                    writer.writeEndArray();
                }
                writer.writeEndObject();
            }
            writer.writeEndObject();
        });
        return new Event(sequence, name, timestamp, json);
    }

    private static boolean isShown(String header) {
        return !header.startsWith(EXPECTATION);
    }

    private static Data data(String subject, byte[] payload) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(payload))
                    .toString();
        } catch (CharacterCodingException e) {
            return new Data(quoted(Base64.getEncoder().encodeToString(payload)), "base64");
        }
        try {
            return new Data(json(subject, text), null);
        } catch (IOException e) {
            return new Data(quoted(text), "text");
        }
    }

    private static String quoted(String text) {
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
