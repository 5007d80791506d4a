package io.jetwright.letter;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * A message as it is in its stream.
 *
 * @param published when it was stored there, as JetStream writes it (RFC 3339)
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record OriginalMessage(String subject, long sequence, String published, List<Header> headers, byte[] payload) {
    private static final byte[] NOTHING = new byte[0];

    /**
     * Reads the answer to {@code STREAM.MSG.GET}.
     *
     * @param message the answer's {@code message}
     */
    public static OriginalMessage of(JsonNode message) {
        return new OriginalMessage(
                message.path("subject").asText(),
                message.path("seq").asLong(),
                message.path("time").asText(),
                HeaderLines.parse(bytes(message.path("hdrs"))),
                bytes(message.path("data")));
    }

    private static byte[] bytes(JsonNode base64) {
        try {
            return base64.isMissingNode() || base64.isNull() ? NOTHING : base64.binaryValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first value of a header, whose name is compared without regard to case. */
    public Optional<String> header(String name) {
        return headers.stream()
                .filter(each -> each.name().equalsIgnoreCase(name))
                .map(Header::value)
                .findFirst();
    }
}
