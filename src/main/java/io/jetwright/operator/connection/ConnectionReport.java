package io.jetwright.operator.connection;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Condition;
import io.jetwright.api.ConnectionStatus;
import io.jetwright.api.JetStreamLimits;
import io.jetwright.api.Quota;
import io.jetwright.jetstream.ConnectionHealth;
import io.jetwright.jetstream.ServerFacts;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What came of connecting, as far as it is known.
 *
 * @param connected whether the connection is up
 * @param facts null when the server could not be asked
 * @param trouble what last went wrong; null for nothing that is known
 * @param usedBy how many resources use the Connection
 */
record ConnectionReport(
        boolean connected, @Nullable ServerFacts facts, ConnectionHealth.@Nullable Trouble trouble, int usedBy) {
    /** The status; what is not known anew stays as it was. */
    ConnectionStatus status(@Nullable ConnectionStatus before, @Nullable Long generation, List<Condition> merged) {
        List<Condition> conditions = merged.stream()
                .filter(condition -> !condition.getType().equals("Synced"))
                .toList();
        ConnectionStatus known = Objects.requireNonNullElse(before, ConnectionStatus.NOTHING);
        String error = trouble == null ? known.lastError() : trouble.message();
        String errorTime = trouble == null
                ? known.lastErrorTime()
                : trouble.at().truncatedTo(ChronoUnit.SECONDS).toString();
        if (facts == null) {
            return new ConnectionStatus(
                    generation,
                    conditions,
                    connected,
                    known.server(),
                    known.version(),
                    known.cluster(),
                    known.rtt(),
                    known.account(),
                    known.domain(),
                    known.limits(),
                    usedBy,
                    error,
                    errorTime);
        }
        return new ConnectionStatus(
                generation,
                conditions,
                connected,
                facts.server(),
                facts.version(),
                facts.cluster(),
                milliseconds(facts.rtt()),
                facts.account(),
                domain(facts.jetStream()),
                limits(facts.jetStream()),
                usedBy,
                error,
                errorTime);
    }

    /** Null for none. */
    private static @Nullable String domain(JsonNode account) {
        String domain = account.path("domain").asText("");
        return domain.isEmpty() ? null : domain;
    }

    /** With one digit after the point; 0.1 at least. */
    private static String milliseconds(Duration rtt) {
        return "%.1fms"
                .formatted(Math.max(rtt.toNanos() / 1e6, 0.1))
                .replace(',', '.')
                .toLowerCase(Locale.ROOT);
    }

    private static List<JetStreamLimits> limits(JsonNode account) {
        JsonNode tiers = account.path("tiers");
        if (tiers.isEmpty()) {
            return List.of(limits(null, account));
        }
        List<JetStreamLimits> limits = new ArrayList<>();
        tiers.properties().forEach(tier -> limits.add(limits(tier.getKey(), tier.getValue())));
        return limits;
    }

    private static JetStreamLimits limits(@Nullable String tier, JsonNode account) {
        JsonNode limits = account.path("limits");
        return new JetStreamLimits(
                tier,
                quota(account.path("memory"), limits.path("max_memory")),
                quota(account.path("storage"), limits.path("max_storage")),
                quota(account.path("streams"), limits.path("max_streams")),
                quota(account.path("consumers"), limits.path("max_consumers")));
    }

    private static Quota quota(JsonNode used, JsonNode limit) {
        return new Quota(used.asLong(), limit.asLong(-1) < 0 ? null : limit.asLong());
    }
}
