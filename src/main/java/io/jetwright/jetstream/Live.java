package io.jetwright.jetstream;

import com.fasterxml.jackson.databind.JsonNode;
import io.jetwright.plan.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A stream or consumer as the server described it when it was read.
 *
 * @param settings its configuration
 * @param info the server's whole answer in JetStream's JSON: configuration, state and cluster
 */
public record Live(Settings settings, JsonNode info) {
    /** A follower that was not active for so long is away; the leader hears of each follower every second. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    static Live of(JsonNode info) {
        return new Live(Settings.of(info.path("config")), info);
    }

    /** Whether a deletion would lose nothing: {@link #messages} is 0. */
    public boolean isEmpty() {
        return messages() == 0;
    }

    /** The number of messages that a stream holds, or that a consumer has pending or unacknowledged. */
    public long messages() {
        return info.has("state")
                ? info.path("state").path("messages").asLong()
                : info.path("num_pending").asLong()
                        + info.path("num_ack_pending").asLong();
    }

    /** {@link #messages} in words, such as {@code 3 messages}. */
    public String contents() {
        return messages() + (info.has("state") ? " messages" : " messages pending or unacknowledged");
    }

    /**
     * Why nothing can be stored, although the server answered: a stream or consumer with replicas has no leader, or has lost
     * its majority. Without a majority, the old leader still answers for some seconds, and afterwards a follower does, whose
     * answer names no leader (nats-server 2.15).
     *
     * @return the reason, for people; empty if messages can be stored
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

    /** The server marks a follower as offline only long after its process was killed. */
    private static boolean isAway(JsonNode follower) {
        return follower.path("offline").asBoolean() || follower.path("active").asLong() > SILENCE.toNanos();
    }
}
