package io.jetwright.eventlogger;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which messages a client wants by a header of theirs.
 *
 * @param name in whatever case
 * @param value the whole value; null for any
 */
record HeaderFilter(String name, @Nullable String value) {
    /**
     * Reads {@code Name} or {@code Name:value}. Spaces around the value do not count.
     *
     * @throws Problem if there is no name
     */
    static HeaderFilter parse(String text) {
        int colon = text.indexOf(':');
        String name = (colon < 0 ? text : text.substring(0, colon)).strip();
        if (name.isEmpty() || name.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw Problem.badRequest("header is no header's name; expected such as Trace-Id or Trace-Id:abc");
        }
        return new HeaderFilter(
                name, colon < 0 ? null : text.substring(colon + 1).strip());
    }

    /** Whether one of the message's headers is the one that is wanted. */
    boolean matches(Map<String, List<String>> headers) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .flatMap(header -> header.getValue().stream())
                .anyMatch(each -> value == null || value.equals(each.strip()));
    }
}
