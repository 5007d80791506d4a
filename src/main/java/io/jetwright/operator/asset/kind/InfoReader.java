package io.jetwright.operator.asset.kind;

import com.fasterxml.jackson.databind.JsonNode;
import io.jetwright.api.Durations;
import io.jetwright.api.Migration;
import io.jetwright.api.Replica;
import io.jetwright.api.StreamLag;
import io.jetwright.api.Times;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what JetStream's answers about streams and consumers have in common. */
final class InfoReader {
    /** What Go writes for a time that is not set. */
    private static final String NO_TIME = "0001-01-01T00:00:00Z";

    /** How long a new mirror or source may take to hear of its origin. */
    private static final Duration FIRST_MOMENTS = Duration.ofSeconds(10);

    private static final Duration SILENCE = Duration.ofMinutes(1);

    private static final Comparator<StreamLag> ORDER = Comparator.comparing(StreamLag::name)
            .thenComparing(StreamLag::externalApiPrefix, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(StreamLag::filterSubject, Comparator.nullsFirst(Comparator.naturalOrder()));

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
                        peer.path("lag").asLong(),
                        peer.path("pending").asBoolean() ? true : null));
    }

    /**
     * The server that leads. The answer to a request that creates or updates may come from a server which does not know it.
     *
     * @param before the leader so far; null for none
     */
    static @Nullable String leader(JsonNode info, @Nullable String before) {
        String leader = text(info.path("cluster"), "leader");
        boolean isRead = info.path("type").asText().endsWith("_info_response");
        return leader == null && !isRead ? before : leader;
    }

    /** Where it moves to; null while it stays where it is. */
    static @Nullable Migration migration(JsonNode info) {
        JsonNode desired = info.path("cluster").path("desired");
        JsonNode status = desired.path("status");
        List<String> servers =
                list(desired.path("replicas"), peer -> peer.path("name").asText());
        return desired.isMissingNode()
                ? null
                : new Migration(
                        time(desired, "created"),
                        text(desired, "name"),
                        servers == null ? null : servers.stream().sorted().toList(),
                        text(status, "type"),
                        text(status, "description"),
                        text(status, "err"));
    }

    /** Where messages are kept. */
    static @Nullable String storage(JsonNode info) {
        return text(info.path("config"), "storage");
    }

    /** Whether a stream is sealed; null if it is not. */
    static @Nullable Boolean sealed(JsonNode info) {
        return info.path("config").path("sealed").asBoolean() ? true : null;
    }

    /** The maximum age of a bucket's values, as a duration such as {@code 24h}; null for no limit. */
    static @Nullable String ttl(JsonNode info) {
        long nanoseconds = info.path("config").path("max_age").asLong();
        return nanoseconds == 0 ? null : Durations.format(Duration.ofNanos(nanoseconds));
    }

    /** How far a mirror has come; null for what is none. */
    static @Nullable StreamLag mirror(JsonNode info) {
        return info.has("mirror") ? lag(info, info.path("mirror")) : null;
    }

    /** How far the sources have come, in a fixed order; null when there are none. */
    static @Nullable List<StreamLag> sources(JsonNode info) {
        List<StreamLag> sources = list(info.path("sources"), source -> lag(info, source));
        return sources == null ? null : sources.stream().sorted(ORDER).toList();
    }

    /**
     * How far a mirror or source has come. A server says {@code active: -1} for one that it has never heard of, which is also so
     * in the first moments; else the time since, in nanoseconds. Servers that copy hear of the origin every second.
     */
    private static StreamLag lag(JsonNode info, JsonNode source) {
        JsonNode active = source.path("active");
        boolean isNeverReached = active.asLong() == -1 && !isNew(info);
        return new StreamLag(
                source.path("name").asText(),
                text(source.path("external"), "api"),
                text(source, "filter_subject"),
                source.path("lag").asLong(),
                isNeverReached ? true : null,
                lastSeen(info, active.asLong()),
                text(source.path("error"), "description"));
    }

    private static boolean isNew(JsonNode info) {
        String created = text(info, "created");
        String now = text(info, "ts");
        return created == null
                || now == null
                || Times.parse(created).plus(FIRST_MOMENTS).isAfter(Times.parse(now));
    }

    private static @Nullable String lastSeen(JsonNode info, long nanoseconds) {
        String now = text(info, "ts");
        return now == null || nanoseconds < SILENCE.toNanos()
                ? null
                : Times.parse(now)
                        .minusNanos(nanoseconds)
                        .truncatedTo(ChronoUnit.MINUTES)
                        .toString();
    }

    /** The items of a list; null when it is empty or absent. */
    static <T> @Nullable List<T> list(JsonNode array, Function<JsonNode, T> item) {
        return array.isEmpty() ? null : array.valueStream().map(item).toList();
    }
}
