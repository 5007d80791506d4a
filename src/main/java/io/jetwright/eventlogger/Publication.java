package io.jetwright.eventlogger;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A client's request to publish an event.
 *
 * @param name valid as a part of a subject: without wildcards and empty tokens
 * @param data JSON, on one line; the JSON value {@code null} if the client gave none
 */
record Publication(String name, String data) {
    private static final String EXPECTED = "; expected such as {\"name\":\"deploy\",\"data\":\"nginx v2\"}";

    /**
     * Reads the body of a request.
     *
     * @throws Problem if it is not JSON, or not an object with a valid name
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
        String data = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "name" -> name = once(field, name, name(parser));
                case "data" -> data = once(field, data, Json.value(parser, text));
                default -> parser.skipChildren();
            }
        }
        if (parser.nextToken() != null) {
            throw Problem.badRequest("the body goes on after the end of its JSON object" + EXPECTED);
        }
        if (name == null) {
            throw Problem.badRequest("name is missing" + EXPECTED);
        }
        return new Publication(checked(name), data == null ? "null" : data);
    }

    private static String once(String field, @Nullable String earlier, String value) {
        if (earlier != null) {
            throw Problem.badRequest(field + " is given twice");
        }
        return value;
    }

    private static String name(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw Problem.badRequest("name is no string" + EXPECTED);
        }
        return parser.getText();
    }

    private static String checked(String name) {
        String fault = Subjects.fault(name);
        if (fault != null) {
            throw Problem.badRequest("name " + fault + "; expected tokens with dots between them, such as user.login");
        }
        return name;
    }

    /** The payload of the message: an object with name and data. */
    byte[] payload() {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("name", name);
            json.writeFieldName("data");
            json.writeRawValue(data);
            json.writeEndObject();
        });
    }
}
