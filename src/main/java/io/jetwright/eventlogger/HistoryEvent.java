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
    private final PayloadDecoder payloads;

    /**
     * @param view says what an event's name is
     */
    HistoryEvent(StreamView view, PayloadDecoder payloads) {
        this.view = view;
        this.payloads = payloads;
    }

    /**
     * The JSON, on one line.
     *
     * @param isWhole whether a large payload is shown as a whole, also one that is large when it is decoded
     */
    byte[] json(StoredMessage message, boolean isWhole) {
        EventData whole = message.isOmitted()
                ? new EventData("null", "omitted")
                : payloads.decode(message.subject(), message.payload(), message.headers());
        boolean isLarge =
                message.size() > LARGE || (whole.isDecoded() && whole.json().length() > LARGE);
        boolean isCut = isLarge && !isWhole && !message.isOmitted();
        EventData data = isCut ? beginning(whole, message.payload()) : whole;
        return Json.write(writer -> {
            writer.writeStartObject();
            writer.writeNumberField("sequence", message.sequence());
            writer.writeStringField("name", view.name(message.subject()));
            writer.writeFieldName("data");
            writer.writeRawValue(data.json());
            writer.writeStringField("subject", message.subject());
            writer.writeStringField("timestamp", time(message.timestamp()));
            writer.writeNumberField("size", message.size());
            data.writeEncoding(writer);
            if (isCut) {
                writer.writeBooleanField("truncated", true);
            }
            EventDecoder.writeHeaders(writer, message.headers());
            writer.writeEndObject();
        });
    }

    /** The beginning of what a payload is shown as: a string, also for JSON, of which a part is none. */
    private static EventData beginning(EventData data, byte[] payload) {
        return switch (data.encoding()) {
            case EventData.TEXT ->
                data.withText(beginning(new String(payload, StandardCharsets.UTF_8)), EventData.TEXT);
            case EventData.BASE64 ->
                data.withText(
                        Base64.getEncoder().encodeToString(Arrays.copyOf(payload, BEGINNING - BEGINNING % 3)),
                        EventData.BASE64);
            case null -> data.withText(beginning(data.json()), EventData.TEXT);
            default -> data.withText(beginning(data.json()), data.encoding());
        };
    }

    private static String beginning(String text) {
        int end = Math.min(text.length(), BEGINNING);
        boolean splits = end > 0 && end < text.length() && Character.isHighSurrogate(text.charAt(end - 1));
        return text.substring(0, splits ? end - 1 : end);
    }

    /** With milliseconds; nothing is rounded up. */
    static String time(Instant instant) {
        return TIME.format(instant);
    }
}
