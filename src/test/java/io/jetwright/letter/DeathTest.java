package io.jetwright.letter;

import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.api.DeadLetterReason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeathTest {
    private static Optional<Death> of(String json) {
        return Death.ofAdvisory(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anAdvisoryOfTooManyDeliveries() {
        assertThat(of("""
                {"type":"io.nats.jetstream.advisory.v1.max_deliver","id":"F7","timestamp":"2026-11-26T18:00:00.5Z",
                 "stream":"orders","consumer":"worker","stream_seq":17,"deliveries":3}"""))
                .contains(new Death(
                        DeadLetterReason.MAX_DELIVERIES,
                        "orders",
                        "worker",
                        17,
                        3,
                        null,
                        Instant.parse("2026-11-26T18:00:00.5Z"),
                        "F7",
                        ""));
    }

    @Test
    void anAdvisoryOfATerminationHasTheClientsReason() {
        assertThat(of("""
                {"type":"io.nats.jetstream.advisory.v1.terminated","id":"F8","timestamp":"2026-11-26T18:00:00Z",
                 "stream":"orders","consumer":"worker","consumer_seq":4,"stream_seq":18,"deliveries":1,"reason":"no customer","domain":"hub"}""")).hasValueSatisfying(death -> {
            assertThat(death.reason()).isEqualTo(DeadLetterReason.TERMINATED);
            assertThat(death.description()).isEqualTo("no customer");
            assertThat(death.key()).isEqualTo("orders/worker/18");
            assertThat(death.domain()).isEqualTo("hub");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no JSON",
                "[]",
                "{}",
                "{\"type\":\"io.nats.jetstream.advisory.v1.nak\",\"id\":\"a\",\"stream\":\"s\",\"consumer\":\"c\",\"stream_seq\":1,\"timestamp\":\"2026-11-26T18:00:00Z\"}",
                "{\"type\":\"io.nats.jetstream.advisory.v1.max_deliver\",\"id\":\"a\",\"stream\":\"s\",\"consumer\":\"c\",\"timestamp\":\"2026-11-26T18:00:00Z\"}",
                "{\"type\":\"io.nats.jetstream.advisory.v1.max_deliver\",\"id\":\"a\",\"stream\":\"s\",\"consumer\":\"c\",\"stream_seq\":1,\"timestamp\":\"yesterday\"}"
            })
    void whatIsNoDeathIsNone(String text) {
        assertThat(of(text)).isEmpty();
    }

    @Test
    void whatTheSweepFindsIsTheSameEachTime() {
        var message = new OriginalMessage("orders.a", 5, "2026-11-26T18:00:00Z", List.of(), new byte[0]);
        Death first = Death.found("orders", "worker", message, 3, Instant.EPOCH);
        Death second = Death.found("orders", "worker", message, 3, Instant.MAX);

        assertThat(first.id())
                .isEqualTo("sweep/orders/worker/5/2026-11-26T18:00:00Z")
                .isEqualTo(second.id());
        assertThat(first.key()).isEqualTo("orders/worker/5");
        assertThat(first.deliveries()).isEqualTo(3);
    }
}
