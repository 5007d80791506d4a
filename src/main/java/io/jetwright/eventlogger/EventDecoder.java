package io.jetwright.eventlogger;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Makes an event of any message: a payload that is not JSON and is not decoded is shown as a string, and one that is not UTF-8
 * as base64. A message that was too large to be read comes without its payload.
 */
final class EventDecoder {
    /** What the server says of a payload that it does not send. */
    private static final String SIZE = "Nats-Msg-Size";

    /** The prefix of headers that tell the server what a publisher expects of the stream; they are not shown. */
    private static final String EXPECTATION = "Nats-Expected-";

    private final String prefix;
    private final PayloadDecoder payloads;

    /**
     * For events with these names.
     *
     * @param prefix of the subjects that an event's name stands for, without the dot; may be empty
     */
    EventDecoder(String prefix, PayloadDecoder payloads) {
        this.prefix = prefix;
        this.payloads = payloads;
    }

    Event decode(long sequence, String subject, Instant timestamp, byte[] payload, Map<String, List<String>> headers) {
        String name = Subjects.name(prefix, subject);
        boolean isOmitted = payload.length == 0
                && headers.containsKey(SIZE)
                && !headers.get(SIZE).equals(List.of("0"));
        EventData data = isOmitted ? new EventData("null", "omitted") : payloads.decode(subject, payload, headers);
        byte[] json = Json.write(writer -> {
            writer.writeStartObject();
            writer.writeStringField("name", name);
            writer.writeFieldName("data");
            writer.writeRawValue(data.json());
            writer.writeStringField("subject", subject);
            writer.writeStringField("timestamp", timestamp.toString());
            data.writeEncoding(writer);
            writeHeaders(writer, headers);
            writer.writeEndObject();
        });
        return new Event(sequence, name, timestamp, json);
    }

    /** Writes the member headers, if there are any that are shown. */
    static void writeHeaders(JsonGenerator writer, Map<String, List<String>> headers) throws IOException {
        if (headers.keySet().stream().noneMatch(EventDecoder::isShown)) {
            return;
        }
        writer.writeObjectFieldStart("headers");
        for (Map.Entry<String, List<String>> header : headers.entrySet()) {
            if (isShown(header.getKey())) {
                writer.writeArrayFieldStart(header.getKey());
                for (String value : header.getValue()) {
                    writer.writeString(value);
                }
                writer.writeEndArray();
            }
        }
        writer.writeEndObject();
    }

    private static boolean isShown(String header) {
        return !header.startsWith(EXPECTATION);
    }
}
