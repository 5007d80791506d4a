package io.jetwright.eventlogger;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The headers that a client gives an event: {@code {"trace-id": "4bf9", "tag": ["a", "b"]}}. */
final class PublicationHeaders {
    static final int MAX_VALUES = 100;
    static final int MAX_NAME_LENGTH = 255;

    /** The beginning of headers that tell the server what to do, such as to purge the subject or to refuse the message. */
    private static final String RESERVED = "nats-";

    private static final String EXPECTED = "; expected such as {\"trace-id\":\"4bf92f35\",\"tag\":[\"a\",\"b\"]}";

    private PublicationHeaders() {}

    /**
     * Reads the value at the parser's current token.
     *
     * @return values by name, in the order in which they are written; no list is empty
     * @throws Problem if it is no object of texts and lists of texts, or if a header cannot be sent, or may not be
     */
    static Map<String, List<String>> read(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw Problem.badRequest("headers is no object" + EXPECTED);
        }
        Map<String, List<String>> headers = new LinkedHashMap<>();
        int count = 0;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = name(parser.currentName());
            parser.nextToken();
            List<String> values = values(name, parser);
            count += values.size();
            if (count > MAX_VALUES) {
                throw Problem.badRequest("headers has more than " + MAX_VALUES + " values");
            }
            if (headers.putIfAbsent(name, values) != null) {
                throw Problem.badRequest("header " + name + " is given twice; several values are a list" + EXPECTED);
            }
        }
        return headers;
    }

    /** The headers of a message that a client can have given. */
    static Map<String, List<String>> of(@Nullable Headers headers) {
        Map<String, List<String>> own = new LinkedHashMap<>();
        if (headers != null) {
            headers.forEach((name, values) -> {
                if (!isReserved(name)) {
                    own.put(name, List.copyOf(values));
                }
            });
        }
        return own;
    }

    private static boolean isReserved(String name) {
        return name.toLowerCase(Locale.ROOT).startsWith(RESERVED);
    }

    private static String name(String name) {
        if (name.isEmpty()
                || name.length() > MAX_NAME_LENGTH
                || !name.chars().allMatch(c -> c > ' ' && c <= '~' && c != ':')) {
            throw Problem.badRequest("headers has a name that is empty, longer than " + MAX_NAME_LENGTH
                    + " characters, or not of printable ASCII without spaces and colons" + EXPECTED);
        }
        if (isReserved(name)) {
            throw Problem.badRequest(
                    "header " + name + " tells the NATS server what to do, and is not taken from outside: leave it out;"
                            + " Nats-Msg-Id is what Idempotency-Key of the request says");
        }
        return name;
    }

    private static List<String> values(String name, JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            return List.of(value(name, parser));
        }
        List<String> values = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            values.add(value(name, parser));
            if (values.size() > MAX_VALUES) {
                throw Problem.badRequest("headers has more than " + MAX_VALUES + " values");
            }
        }
        if (values.isEmpty()) {
            throw Problem.badRequest("header " + name + " has no value: leave it out");
        }
        return List.copyOf(values);
    }

    private static String value(String name, JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw Problem.badRequest("header " + name + " is neither a text nor a list of texts" + EXPECTED);
        }
        String value = parser.getText().strip(); // as it comes back from NATS
        if (!value.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw Problem.badRequest(
                    "header " + name + " has characters that are not printable ASCII: encode them, such as by %C3%B1");
        }
        return value;
    }
}
