package io.jetwright.operator.asset.kind;

import com.fasterxml.jackson.databind.JsonNode;
import io.jetwright.api.Durations;
import io.jetwright.api.Replica;
import io.jetwright.api.StreamLag;
import io.jetwright.api.Times;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what JetStream's answers about streams and consumers have in common. */
final class InfoReader {
    /** What Go writes for a time that is not set. */
    private static final String NO_TIME = "0001-01-01T00:00:00Z";

    private InfoReader() {}

    static @Nullable String text(JsonNode object, String field) {
        String text = object.path(field).asText("");
        return text.isEmpty() ? null : text;
    }

    /** A time, to the second; null when it is not set. */
    static @Nullable String time(JsonNode object, String field) {
        String text = text(object, field);
        return text == null || text.equals(NO_TIME)
                ? null
                : Times.parse(text).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** The servers beside the leader; null when there are none. */
    static @Nullable List<Replica> replicas(JsonNode info) {
        return list(
                info.path("cluster").path("replicas"),
                peer -> new Replica(
                        peer.path("name").asText(),
                        peer.path("current").asBoolean(),
                        peer.path("offline").asBoolean(),
                        peer.path("lag").asLong()));
    }

    /** The maximum age of a bucket's values, as a duration such as {@code 24h}; null for no limit. */
    static @Nullable String ttl(JsonNode info) {
        long nanoseconds = info.path("config").path("max_age").asLong();
        return nanoseconds == 0 ? null : Durations.format(Duration.ofNanos(nanoseconds));
    }

    /** How far a mirror has come; null for what is none. */
    static @Nullable StreamLag mirror(JsonNode info) {
        return info.has("mirror") ? lag(info.path("mirror")) : null;
    }

    /** How far the sources have come; null when there are none. */
    static @Nullable List<StreamLag> sources(JsonNode info) {
        return list(info.path("sources"), InfoReader::lag);
    }

    private static StreamLag lag(JsonNode source) {
        return new StreamLag(
                source.path("name").asText(), source.path("lag").asLong(), text(source.path("error"), "description"));
    }

    /** The items of a list; null when it is empty or absent. */
    static <T> @Nullable List<T> list(JsonNode array, Function<JsonNode, T> item) {
        return array.isEmpty() ? null : array.valueStream().map(item).toList();
    }
}
