package io.jetwright.operator.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jetwright.api.ConnectionStatus;
import io.jetwright.api.JetStreamLimits;
import io.jetwright.api.Quota;
import io.jetwright.jetstream.ConnectionHealth;
import io.jetwright.jetstream.ServerFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionReportTest {
    private static final String ACCOUNT = """
            {"domain": "hub", "memory": 1, "storage": 2, "streams": 3, "consumers": 4,
             "limits": {"max_memory": 10, "max_storage": -1, "max_streams": 30, "max_consumers": 0}}""";

    private static ServerFacts facts(Duration rtt, String account) {
        return new ServerFacts(
                "nats-0", "2.15.2", "hub", rtt, "SHOP", Serialization.unmarshal(account, JsonNode.class));
    }

    private static ConnectionStatus seen() {
        return new ConnectionReport(true, facts(Duration.ofMillis(1), ACCOUNT), null, 7).status(null, 1L, List.of());
    }

    @Test
    void whatTheServerSaysIsInTheStatus() {
        assertThat(seen())
                .isEqualTo(new ConnectionStatus(
                        1L,
                        List.of(),
                        true,
                        "nats-0",
                        "2.15.2",
                        "hub",
                        "1.0ms",
                        "SHOP",
                        "hub",
                        List.of(new JetStreamLimits(
                                null, new Quota(1, 10L), new Quota(2, null), new Quota(3, 30L), new Quota(4, 0L))),
                        7,
                        null,
                        null));
    }

    @Test
    void tiersAreOneItemEach() {
        String tiered = "{\"tiers\": {\"R1\": %s, \"R3\": %s}}".formatted(ACCOUNT, ACCOUNT);
        var report = new ConnectionReport(true, facts(Duration.ofMillis(1), tiered), null, 0);
        assertThat(report.status(null, 1L, List.of()).limits())
                .extracting(JetStreamLimits::tier)
                .containsExactly("R1", "R3");
    }

    @ParameterizedTest
    @CsvSource({"0, 0.1ms", "40000, 0.1ms", "449999, 0.4ms", "12345678, 12.3ms", "1000000000, 1000.0ms"})
    void aRoundTripIsToldToATenthOfAMillisecond(long nanoseconds, String text) {
        var report = new ConnectionReport(true, facts(Duration.ofNanos(nanoseconds), ACCOUNT), null, 0);
        assertThat(report.status(null, 1L, List.of()).rtt()).isEqualTo(text);
    }

    @Test
    void whatWasKnownStandsWhileTheServerIsAway() {
        var trouble = new ConnectionHealth.Trouble("it is away", Instant.parse("2026-06-01T12:00:00.5Z"));
        ConnectionStatus away = new ConnectionReport(false, null, trouble, 8).status(seen(), 2L, List.of());
        assertThat(away.connected()).isFalse();
        assertThat(away.server()).isEqualTo("nats-0");
        assertThat(away.limits()).isEqualTo(seen().limits());
        assertThat(away.usedBy()).isEqualTo(8);
        assertThat(away.lastError()).isEqualTo("it is away");
        assertThat(away.lastErrorTime()).isEqualTo("2026-06-01T12:00:00Z");
        assertThat(new ConnectionReport(true, facts(Duration.ZERO, ACCOUNT), null, 8)
                        .status(away, 2L, List.of())
                        .lastError())
                .isEqualTo("it is away");
    }
}
