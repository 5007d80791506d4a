package io.jetwright.jetstream;

import com.fasterxml.jackson.databind.JsonNode;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.plan.ServerVersion;
import io.nats.client.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which version of nats-server decides on requests. Without a domain or prefix that is the connected server. Behind
 * one, JetStream is that of other servers, which tell the level of their API (ADR-44) in {@code $JS.API.INFO}, and since
 * 2.11 their version in the metadata of each stream and consumer.
 */
final class VersionInquiry {
    /** After how long servers behind a domain or prefix are asked again: they may be upgraded while the connection stays. */
    private static final Duration LIFETIME = Duration.ofMinutes(1);

    /** The first release of each level of the API, from 0 on; {@code JSApiLevel} in nats-server's sources. */
    private static final List<String> RELEASES = List.of("2.10.0", "2.11.0", "2.12.0", "2.12.0", "2.14.0", "2.15.0");

    private final ConnectionSettings settings;
    private final JetStreamConnection connection;
    private final ApiClient api;
    private final Clock clock;
    private volatile @Nullable Known known;

    private record Known(Connection connection, ServerVersion version, Instant asked) {}

    VersionInquiry(ConnectionSettings settings, JetStreamConnection connection, ApiClient api, Clock clock) {
        this.settings = settings;
        this.connection = connection;
        this.api = api;
        this.clock = clock;
    }

    /**
     * The version; of servers behind a domain or prefix that tell only their level, the first release of it. It is asked for once
     * per connection and minute. Where the user may not ask, it is taken to be that of the connected server; where nobody responds,
     * the newest, so that the request which follows decides.
     */
    ServerVersion version() throws JetStreamException {
        Connection current = connection.connection();
        ServerVersion connected = ServerVersion.parse(current.getServerInfo().getVersion());
        if (settings.isOwnApi()) {
            return connected;
        }
        Known last = known;
        if (last != null
                && last.connection() == current
                && last.asked().plus(LIFETIME).isAfter(clock.instant())) {
            return last.version();
        }
        ServerVersion asked;
        try {
            asked = ask(connected);
        } catch (JetStreamException.NoResponders e) {
            return first(RELEASES.size() - 1);
        }
        ServerVersion version = last != null && isSameLevel(last.version(), asked) ? last.version() : asked;
        known = new Known(current, version, clock.instant());
        return version;
    }

    private ServerVersion ask(ServerVersion connected) throws JetStreamException {
        try {
            return first(api.accountInfo().path("api").path("level").asInt());
        } catch (JetStreamException.Denied | JetStreamException.Rejected e) {
            return connected;
        }
    }

    private static ServerVersion first(int level) {
        return ServerVersion.parse(RELEASES.get(Math.clamp(level, 0, RELEASES.size() - 1)));
    }

    /** Whether the first is a release of the level that begins with the second. */
    private static boolean isSameLevel(ServerVersion exact, ServerVersion first) {
        return exact.major() == first.major() && exact.minor() == first.minor();
    }

    /** Takes note of the exact version in an answer; without effect where the connected server decides. */
    Live noted(Live answer) {
        Known last = known;
        JsonNode version = answer.info().path("config").path("metadata").path("_nats.ver");
        if (last != null && version.isTextual()) {
            known = new Known(last.connection(), ServerVersion.parse(version.textValue()), last.asked());
        }
        return answer;
    }
}
