package io.jetwright.eventlogger;

import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsJetStreamMetaData;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A message as the stream has it. */
final class StoredMessage {
    /** What the server says of a payload that it does not send. */
    private static final String SIZE = "Nats-Msg-Size";

    private final long sequence;
    private final String subject;
    private final Instant timestamp;
    private final byte[] payload;
    private final Map<String, List<String>> headers;
    private final long size;

    /**
     * @param payload empty if it was not read
     * @param headers without those that the server adds when it does not send the payload
     * @param size of the payload, in bytes, even if it was not read
     */
    StoredMessage(
            long sequence,
            String subject,
            Instant timestamp,
            byte[] payload,
            Map<String, List<String>> headers,
            long size) {
        this.sequence = sequence;
        this.subject = subject;
        this.timestamp = timestamp;
        this.payload = payload;
        this.headers = headers;
        this.size = size;
    }

    /**
     * @param isHeadersOnly whether the server was asked to leave out the payload
     */
    static StoredMessage of(Message message, boolean isHeadersOnly) {
        NatsJetStreamMetaData metadata = message.metaData();
        byte[] data = message.getData() == null ? new byte[0] : message.getData();
        Map<String, List<String>> headers = new LinkedHashMap<>();
        Headers sent = message.getHeaders();
        if (sent != null) {
            sent.forEach(headers::put);
        }
        List<String> size = isHeadersOnly ? headers.remove(SIZE) : null;
        return new StoredMessage(
                metadata.streamSequence(),
                message.getSubject(),
                metadata.timestamp().toInstant(),
                data,
                headers,
                size == null || !EventQuery.isNumber(size.getFirst()) ? data.length : Long.parseLong(size.getFirst()));
    }

    /** Whether the payload is too large to be read. */
    boolean isOmitted() {
        return payload.length < size;
    }

    long sequence() {
        return sequence;
    }

    String subject() {
        return subject;
    }

    Instant timestamp() {
        return timestamp;
    }

    /** Not a copy; empty if it was not read. */
    byte[] payload() {
        return payload;
    }

    Map<String, List<String>> headers() {
        return headers;
    }

    /** Of the payload, in bytes, even if it was not read. */
    long size() {
        return size;
    }
}
