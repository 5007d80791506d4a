package io.jetwright.letter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jetwright.api.DeadLetterReason;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * That a consumer delivers a message no more.
 *
 * @param sequence the message's in its stream
 * @param deliveries how often it was delivered
 * @param description what the client said that terminated it; null for none
 * @param time when it died
 * @param id identifies this death
 * @param domain the JetStream domain that says so; empty for none
 */
public record Death(
        DeadLetterReason reason,
        String stream,
        String consumer,
        long sequence,
        long deliveries,
        @Nullable String description,
        Instant time,
        String id,
        String domain) {
    /** Its buffers are pooled: each virtual thread would have some of its own. */
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .recyclerPool(JsonRecyclerPools.sharedBoundedPool())
                    .build())
            .build();

    private static final String MAX_DELIVERIES = "io.nats.jetstream.advisory.v1.max_deliver";
    private static final String TERMINATED = "io.nats.jetstream.advisory.v1.terminated";

    /** Reads an advisory of JetStream; empty if it is none of a death. */
    public static Optional<Death> ofAdvisory(byte[] advisory) {
        JsonNode json;
        try {
            json = JSON.readTree(advisory);
        } catch (IOException e) {
            return Optional.empty();
        }
        if (json == null) {
            return Optional.empty();
        }
        String id = json.path("id").asText();
        String stream = json.path("stream").asText();
        String consumer = json.path("consumer").asText();
        long sequence = json.path("stream_seq").asLong();
        DeadLetterReason reason =
                switch (json.path("type").asText()) {
                    case MAX_DELIVERIES -> DeadLetterReason.MAX_DELIVERIES;
                    case TERMINATED -> DeadLetterReason.TERMINATED;
                    default -> null;
                };
        if (reason == null || id.isEmpty() || stream.isEmpty() || consumer.isEmpty() || sequence <= 0) {
            return Optional.empty();
        }
        String description = json.path("reason").asText();
        try {
            return Optional.of(new Death(
                    reason,
                    stream,
                    consumer,
                    sequence,
                    json.path("deliveries").asLong(),
                    description.isEmpty() ? null : description,
                    Instant.parse(json.path("timestamp").asText()),
                    id,
                    json.path("domain").asText()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /**
     * Of a message that was found to be delivered no more, without an advisory.
     *
     * @param deliveries how often the consumer delivers a message at most
     */
    public static Death found(String stream, String consumer, OriginalMessage message, long deliveries, Instant now) {
        return new Death(
                DeadLetterReason.MAX_DELIVERIES,
                stream,
                consumer,
                message.sequence(),
                deliveries,
                null,
                now,
                "sweep/%s/%s/%d/%s".formatted(stream, consumer, message.sequence(), message.published()),
                "");
    }

    /** Identifies message and consumer: two deaths with the same one are the same, unless the stream was made anew. */
    public String key() {
        return key(stream, consumer, Long.toString(sequence));
    }

    /** The key of which a letter's headers speak. */
    public static String key(String stream, String consumer, String sequence) {
        return stream + "/" + consumer + "/" + sequence;
    }
}
