package io.jetwright.jetstream;

import com.fasterxml.jackson.databind.JsonNode;
import io.jetwright.plan.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A JetStream object as it is.
 *
 * @param settings its configuration
 * @param info all that the server says of it, as JetStream's JSON has it
 */
public record Live(Settings settings, JsonNode info) {
    private static final Duration SILENCE = Duration.ofSeconds(10);

    static Live of(JsonNode info) {
        return new Live(Settings.of(info.path("config")), info);
    }

    /** Whether nothing would be lost with it: no message in a stream, nothing pending or unacknowledged in a consumer. */
    public boolean isEmpty() {
        return messages() == 0;
    }

    /** How many messages a stream holds, or a consumer has pending or unacknowledged. */
    public long messages() {
        return info.has("state")
                ? info.path("state").path("messages").asLong()
                : info.path("num_pending").asLong()
                        + info.path("num_ack_pending").asLong();
    }

    /** {@link #messages}, for people. */
    public String contents() {
        return messages() + (info.has("state") ? " messages" : " messages pending or unacknowledged");
    }

    /**
     * Why nothing can be stored, although the server answers: a stream or consumer with replicas has no leader, or most of
     * the servers that keep a copy are away. The one that leads answers for some seconds yet, and then any other, as a
     * follower of nobody (nats-server 2.15).
     *
     * @return for people; empty when nothing is in the way
     */
    public Optional<String> obstacle() {
        JsonNode cluster = info.path("cluster");
        JsonNode followers = cluster.path("replicas");
        if (followers.isEmpty()) {
            return Optional.empty();
        }
        if (cluster.path("leader").asText().isEmpty()) {
            return Optional.of("none of the servers that keep a copy leads");
        }
        List<String> away = followers
                .valueStream()
                .filter(Live::isAway)
                .map(follower -> follower.path("name").asText())
                .toList();
        int copies = 1 + followers.size();
        return 2 * (copies - away.size()) > copies
                ? Optional.empty()
                : Optional.of("of the servers that keep a copy, %s %s away"
                        .formatted(String.join(" and ", away), away.size() == 1 ? "is" : "are"));
    }

    /** A server that was killed counts as offline only much later; a follower is heard of each second. */
    private static boolean isAway(JsonNode follower) {
        return follower.path("offline").asBoolean() || follower.path("active").asLong() > SILENCE.toNanos();
    }
}
