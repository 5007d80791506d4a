package io.jetwright.letter;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The headers of a message, as NATS writes them: a first line, a line for each header, an empty line. */
final class HeaderLines {
    private HeaderLines() {}

    /** Reads them, in their order; a header may have several values. */
    static List<Header> parse(byte[] bytes) {
        List<Header> headers = new ArrayList<>();
        for (String line : new String(bytes, StandardCharsets.UTF_8).split("\r\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0 && !line.startsWith("NATS/1.0")) {
                headers.add(new Header(
                        line.substring(0, colon), line.substring(colon + 1).strip()));
            }
        }
        return headers;
    }

    /** The value as clients can send it, which take printable ASCII only: other text as an encoded word of RFC 2047. */
    static String sendable(String value) {
        boolean isPlain = value.chars().allMatch(each -> (each >= ' ' && each <= '~') || each == '\t');
        return isPlain
                ? value
                : "=?UTF-8?B?" + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)) + "?=";
    }

    /** The name as clients can send it. */
    static String sendableName(String name) {
        var sendable = new StringBuilder();
        for (byte each : name.getBytes(StandardCharsets.UTF_8)) {
            if (each > ' ' && each <= '~' && each != ':') {
                sendable.append((char) each);
            } else {
                sendable.append("%%%02X".formatted(each));
            }
        }
        return sendable.toString();
    }
}
