package io.jetwright.eventlogger;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the header {@code Content-Type} of a message says of its payload.
 *
 * @param message the full name of the protobuf message; null where none is named
 */
record ContentType(Format format, @Nullable String message) {
    private static final ContentType UNKNOWN = new ContentType(Format.UNKNOWN, null);

    /** The registered name, its registered aliases, and one of before the registration. */
    private static final Set<String> PROTOBUF = Set.of(
            "application/protobuf",
            "application/x-protobuf",
            "application/x-protobuffer",
            "application/vnd.google.protobuf");

    private static final Set<String> MESSAGE_PACK =
            Set.of("application/msgpack", "application/x-msgpack", "application/vnd.msgpack");

    /** Parameters that name the message; the registration has none for it. */
    private static final Set<String> MESSAGE = Set.of("proto", "messagetype", "type");

    /** Which format a payload has. */
    enum Format {
        PROTOBUF,
        MESSAGE_PACK,
        /** JSON or text, which show themselves what they are. */
        TEXT,
        /** Nothing is said, or nothing that tells. */
        UNKNOWN
    }

    static ContentType of(Map<String, List<String>> headers) {
        for (Map.Entry<String, List<String>> header : headers.entrySet()) {
            if (header.getKey().equalsIgnoreCase("Content-Type")
                    && !header.getValue().isEmpty()) {
                return parse(header.getValue().getFirst());
            }
        }
        return UNKNOWN;
    }

    private static ContentType parse(String text) {
        String[] parts = text.split(";", -1);
        String type = parts[0].strip().toLowerCase(Locale.ROOT);
        if (PROTOBUF.contains(type)) {
            return new ContentType(Format.PROTOBUF, message(parts));
        }
        if (MESSAGE_PACK.contains(type)) {
            return new ContentType(Format.MESSAGE_PACK, null);
        }
        boolean isText = type.startsWith("text/") || type.equals("application/json") || type.endsWith("+json");
        return isText ? new ContentType(Format.TEXT, null) : UNKNOWN;
    }

    /** Without the quotation marks of a quoted parameter, and without what is before the name in the URL of a type. */
    private static @Nullable String message(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            if (equals > 0
                    && MESSAGE.contains(parts[i].substring(0, equals).strip().toLowerCase(Locale.ROOT))) {
                String value = parts[i].substring(equals + 1).strip().replace("\"", "");
                return value.substring(value.lastIndexOf('/') + 1).replaceFirst("^[.]", "");
            }
        }
        return null;
    }
}
