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

/** Turns any message whatever into an event: what is JSON is shown as JSON, else text as a string, else as base64. */
final class EventDecoder {
    /** The members that a message may have to be taken for one that this app, or one like it, has published. */
    private static final Set<String> ENVELOPE = Set.of("name", "data", "subject", "timestamp");

    private static final String EXPECTATION = "Nats-Expected-";

    private final String prefix;

    EventDecoder(String prefix) {
        this.prefix = prefix + ".";
    }

    /** What is shown of a payload; the encoding is null for JSON. */
    private record Data(String json, @Nullable String encoding) {}

    Event decode(long sequence, String subject, Instant timestamp, byte[] payload, Map<String, List<String>> headers) {
        String name = subject.startsWith(prefix) ? subject.substring(prefix.length()) : subject;
        Data data = data(name, payload);
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

    /** Those with which a publisher speaks to the server say nothing of the event. */
    private static boolean isShown(String header) {
        return !header.startsWith(EXPECTATION);
    }

    private static Data data(String name, byte[] payload) {
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
            return new Data(json(name, text), null);
        } catch (IOException e) {
            return new Data(quoted(text), "text");
        }
    }

    private static String quoted(String text) {
        return new String(Json.write(json -> json.writeString(text)), StandardCharsets.UTF_8);
    }

    /** The data of an envelope with this name, else all of the JSON. */
    private static String json(String name, String text) throws IOException {
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
        String data = whole.startsWith("{") ? enveloped(name, whole) : null;
        return data == null ? whole : data;
    }

    /** The data in an envelope; null if the object is none, or says another name than the subject does. */
    private static @Nullable String enveloped(String name, String object) throws IOException {
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
                    isNamed = parser.getText().equals(name);
                }
            }
            return isNamed ? data : null;
        }
    }
}
