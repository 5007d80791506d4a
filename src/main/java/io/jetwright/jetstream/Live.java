package io.jetwright.jetstream;

import com.fasterxml.jackson.databind.JsonNode;
import io.jetwright.api.Times;
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
     * answer names no leader (nats-server 2.15). Servers that are to keep a copy, and are not part of the group yet, do not count.
     *
     * @return the reason, for people; empty if messages can be stored
     */
    public Optional<String> obstacle() {
        JsonNode cluster = info.path("cluster");
        List<JsonNode> followers = cluster.path("replicas")
                .valueStream()
                .filter(peer -> !peer.path("pending").asBoolean())
                .toList();
        if (followers.isEmpty() || isAnswerOfAnother()) {
            return Optional.empty();
        }
        if (cluster.path("leader").asText().isEmpty()) {
            return Optional.of("none of the servers that keep a copy leads");
        }
        List<String> away = followers.stream()
                .filter(Live::isAway)
                .map(follower -> follower.path("name").asText())
                .toList();
        int copies = 1 + followers.size();
        return 2 * (copies - away.size()) > copies
                ? Optional.empty()
                : Optional.of("of the servers that keep a copy, %s %s away"
                        .formatted(String.join(" and ", away), away.size() == 1 ? "is" : "are"));
    }

    /**
     * The answer to an update that moves a stream comes from the server which leads the cluster; this one does not know what the
     * stream's own servers know (nats-server 2.15).
     */
    private boolean isAnswerOfAnother() {
        return info.path("type").asText().endsWith("_update_response")
                && info.path("cluster").has("desired");
    }

    /**
     * For how long it has been moving to other servers, or to more or fewer of them.
     *
     * @return empty if it stays where it is, or the servers do not tell (before 2.15)
     */
    public Optional<Duration> migratingFor() {
        JsonNode desired = info.path("cluster").path("desired");
        if (desired.isMissingNode()) {
            return Optional.empty();
        }
        String since = desired.path("created").asText();
        String now = info.path("ts").asText();
        return Optional.of(
                since.isEmpty() || now.isEmpty()
                        ? Duration.ZERO
                        : Duration.between(Times.parse(since), Times.parse(now)));
    }

    /** The server marks a follower as offline only long after its process was killed. */
    private static boolean isAway(JsonNode follower) {
        return follower.path("offline").asBoolean() || follower.path("active").asLong() > SILENCE.toNanos();
    }
}
