package io.jetwright.eventlogger;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A client's request to publish an event.
 *
 * @param name valid as a part of a subject: without wildcards and empty tokens; null if the client gave the subject
 * @param subject the whole subject; null if the client gave the name
 * @param data JSON, on one line; the JSON value {@code null} if the client gave none
 * @param headers values by name, none that act on the server; empty if the client gave none
 */
record Publication(@Nullable String name, @Nullable String subject, String data, Map<String, List<String>> headers) {
    private static final String EXPECTED = "; expected such as {\"name\":\"deploy\",\"data\":\"nginx v2\"}";

    /**
     * Reads the body of a request.
     *
     * @throws Problem if it is not JSON, or not an object with either a valid name or a valid subject
     */
    static Publication parse(byte[] body) {
        String text = text(body);
        try (JsonParser parser = Json.parser(text)) {
            return read(parser, text);
        } catch (JsonProcessingException e) {
            throw Problem.badRequest("the body is no JSON: " + e.getOriginalMessage() + at(e) + EXPECTED);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Problem.badRequest("the body is not encoded in UTF-8");
        }
    }

    private static String at(JsonProcessingException failure) {
        var location = failure.getLocation();
        return location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static Publication read(JsonParser parser, String text) throws IOException {
        JsonToken first = parser.nextToken();
        if (first != JsonToken.START_OBJECT) {
            throw Problem.badRequest(
                    (first == null ? "the body is empty" : "the body is JSON, but no object") + EXPECTED);
        }
        String name = null;
        String subject = null;
        String data = null;
        Map<String, List<String>> headers = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "name" -> name = once(field, name, tokens(parser, field));
                case "subject" -> subject = once(field, subject, tokens(parser, field));
                case "data" -> data = once(field, data, Json.value(parser, text));
                case "headers" -> headers = once(field, headers, PublicationHeaders.read(parser));
                default -> parser.skipChildren();
            }
        }
        if (parser.nextToken() != null) {
            throw Problem.badRequest("the body goes on after the end of its JSON object" + EXPECTED);
        }
        if (name == null && subject == null) {
            throw Problem.badRequest("name is missing" + EXPECTED);
        }
        if (name != null && subject != null) {
            throw Problem.badRequest("name and subject are both given: leave one of them out");
        }
        return new Publication(name, subject, data == null ? "null" : data, headers == null ? Map.of() : headers);
    }

    private static <T> T once(String field, @Nullable T earlier, T value) {
        if (earlier != null) {
            throw Problem.badRequest(field + " is given twice");
        }
        return value;
    }

    private static String tokens(JsonParser parser, String field) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw Problem.badRequest(field + " is no string" + EXPECTED);
        }
        String fault = Subjects.fault(parser.getText());
        if (fault != null) {
            throw Problem.badRequest(
                    field + " " + fault + "; expected tokens with dots between them, such as user.login");
        }
        return parser.getText();
    }

    /**
     * The subject to publish to.
     *
     * @throws Problem if the stream does not take it, or if it is none of those that are shown
     */
    String subject(StreamView view) {
        String whole = name == null ? Objects.requireNonNull(subject) : view.subject(name);
        if (view.accepts(whole)) {
            return whole;
        }
        String possible = String.join(", ", view.filters().isEmpty() ? view.subjects() : view.filters());
        List<String> prefixes = Subjects.prefixes(view.shownSubjects());
        if (possible.isEmpty()) {
            throw Problem.badRequest(
                    "the stream has no subjects of its own: set SUBJECT_PREFIX to where its events are" + " published");
        }
        if (name != null && view.prefix().isEmpty() && prefixes.size() > 1) {
            throw Problem.badRequest("name does not say which of the prefixes %s it belongs to; expected such as %s.%s"
                    .formatted(String.join(", ", prefixes), prefixes.getFirst(), name));
        }
        throw Problem.badRequest("%s %s, which the stream does not take; it takes %s"
                .formatted(name == null ? "subject is" : "name makes the subject", whole, possible));
    }

    /**
     * The payload of the message: an object with name and data.
     *
     * @param name of the event with the subject that it is published to
     */
    byte[] payload(String name) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("name", name);
            json.writeFieldName("data");
            json.writeRawValue(data);
            json.writeEndObject();
        });
    }
}
