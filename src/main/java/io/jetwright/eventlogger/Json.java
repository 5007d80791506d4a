package io.jetwright.eventlogger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Reads and writes JSON without converting values to objects: numbers and the order of members stay as they were
 * written.
 */
final class Json {
    static final int MAX_NESTING_DEPTH = 500;

    /**
     * Does not remember names: those of hostile events would stay in the heap. The size of the whole text is limited before, so
     * that its strings, numbers and names need no limits of their own.
     */
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_NESTING_DEPTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private Json() {}

    /** Writes one JSON value. */
    @FunctionalInterface
    interface Writing {
        void to(JsonGenerator json) throws IOException;
    }

    static JsonParser parser(String text) throws IOException {
        return FACTORY.createParser(text);
    }

    static byte[] write(Writing writing) {
        try {
            return write(Integer.MAX_VALUE, writing);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes one JSON value of a limited size.
     *
     * @param limit in bytes
     * @throws IOException as the writing does; a {@link DecodingException} where it becomes larger
     */
    static byte[] write(int limit, Writing writing) throws IOException {
        var bytes = new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] added, int offset, int length) {
                if (length > limit - count) {
                    throw new UncheckedIOException(
                            new DecodingException("it becomes more than %d bytes of JSON".formatted(limit)));
                }
                super.write(added, offset, length);
            }
        };
        JsonGenerator json = FACTORY.createGenerator(bytes);
        try {
            writing.to(json);
            json.close();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return bytes.toByteArray();
    }

    /**
     * Reads the value at the parser's current token.
     *
     * @param text the whole text that the parser reads
     * @return the value as it is written in the text, on one line
     */
    static String value(JsonParser parser, String text) throws IOException {
        int start = Math.toIntExact(parser.currentTokenLocation().getCharOffset());
        if (parser.currentToken().isStructStart()) {
            parser.skipChildren();
        } else {
            parser.finishToken();
        }
        int end = parser.currentToken() == JsonToken.VALUE_STRING
                        || parser.currentToken().isStructEnd()
                ? Math.toIntExact(parser.currentLocation().getCharOffset())
                : start + parser.getTextLength();
        return compact(text, start, end);
    }

    /** Part of a text of JSON, without the white space between tokens. */
    private static String compact(String text, int start, int end) {
        var compact = new StringBuilder(end - start);
        boolean isString = false;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (isString && c == '\\') {
                compact.append(c).append(text.charAt(++i));
                continue;
            }
            if (c == '"') {
                isString = !isString;
            }
            if (isString || c > ' ') {
                compact.append(c);
            }
        }
        return compact.toString();
    }
}
