package io.jetwright.eventlogger;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;

/** Writes a message of the stream as JSON for who looks at the stream itself: also with its sequence and its size. */
final class HistoryEvent {
    /** A payload up to this size is shown as a whole, in bytes. */
    static final int LARGE = 64 << 10;

    /** What is shown of a larger one, in bytes or characters. */
    static final int BEGINNING = 8 << 10;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final StreamView view;

    /**
     * @param view says what an event's name is
     */
    HistoryEvent(StreamView view) {
        this.view = view;
    }

    /**
     * The JSON, on one line.
     *
     * @param isWhole whether a large payload is shown as a whole
     */
    byte[] json(StoredMessage message, boolean isWhole) {
        boolean isCut = !isWhole && message.size() > LARGE && !message.isOmitted();
        EventData data = data(message, isCut);
        return Json.write(writer -> {
            writer.writeStartObject();
            writer.writeNumberField("sequence", message.sequence());
            writer.writeStringField("name", view.name(message.subject()));
            writer.writeFieldName("data");
            writer.writeRawValue(data.json());
            writer.writeStringField("subject", message.subject());
            writer.writeStringField("timestamp", time(message.timestamp()));
            writer.writeNumberField("size", message.size());
            if (data.encoding() != null) {
                writer.writeStringField("encoding", data.encoding());
            }
            if (isCut) {
                writer.writeBooleanField("truncated", true);
            }
            EventDecoder.writeHeaders(writer, message.headers());
            writer.writeEndObject();
        });
    }

    private static EventData data(StoredMessage message, boolean isCut) {
        if (message.isOmitted()) {
            return new EventData("null", "omitted");
        }
        EventData data = EventData.of(message.subject(), message.payload());
        return isCut ? beginning(data, message.payload()) : data;
    }

    /** The beginning of what a payload is shown as: a string, also for JSON, of which a part is none. */
    private static EventData beginning(EventData data, byte[] payload) {
        return switch (data.encoding()) {
            case "text" -> new EventData(beginning(new String(payload, StandardCharsets.UTF_8)), "text");
            case "base64" ->
                new EventData(
                        EventData.quoted(
                                Base64.getEncoder().encodeToString(Arrays.copyOf(payload, BEGINNING - BEGINNING % 3))),
                        "base64");
            case null -> new EventData(beginning(data.json()), "text");
            default -> new EventData(beginning(data.json()), data.encoding());
        };
    }

    private static String beginning(String text) {
        int end = Math.min(text.length(), BEGINNING);
        boolean splits = end > 0 && end < text.length() && Character.isHighSurrogate(text.charAt(end - 1));
        return EventData.quoted(text.substring(0, splits ? end - 1 : end));
    }

    /** With milliseconds; nothing is rounded up. */
    static String time(Instant instant) {
        return TIME.format(instant);
    }
}
