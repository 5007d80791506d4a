package io.jetwright.relay.redrive;

import com.fasterxml.jackson.databind.JsonNode;
import io.jetwright.subject.SubjectPattern;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * What has to be known of a stream.
 *
 * @param retention limits, interest or workqueue
 * @param deleted how many messages between the first and the last one are gone
 */
record StreamFacts(
        String name,
        String created,
        String retention,
        List<String> subjects,
        Duration duplicateWindow,
        boolean allowsTtl,
        boolean isSealed,
        boolean deniesDelete,
        int replicas,
        long firstSequence,
        long lastSequence,
        long deleted) {
    static final String LIMITS = "limits";
    static final String WORKQUEUE = "workqueue";

    /** From the answer to STREAM.INFO. */
    static StreamFacts of(JsonNode info) {
        JsonNode config = info.path("config");
        JsonNode state = info.path("state");
        return new StreamFacts(
                config.path("name").asText(),
                info.path("created").asText(),
                config.path("retention").asText(LIMITS),
                StreamSupport.stream(config.path("subjects").spliterator(), false)
                        .map(JsonNode::asText)
                        .toList(),
                Duration.ofNanos(config.path("duplicate_window").asLong()),
                config.path("allow_msg_ttl").asBoolean(),
                config.path("sealed").asBoolean(),
                config.path("deny_delete").asBoolean(),
                config.path("num_replicas").asInt(1),
                state.path("first_seq").asLong(),
                state.path("last_seq").asLong(),
                state.path("num_deleted").asLong());
    }

    /** Whether messages on this subject are stored there. */
    boolean takes(String subject) {
        return subjects.stream().anyMatch(pattern -> SubjectPattern.covers(pattern, subject));
    }

    LetterStream letters() {
        return new LetterStream(name, created);
    }
}
