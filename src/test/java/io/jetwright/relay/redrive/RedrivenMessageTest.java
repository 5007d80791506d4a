package io.jetwright.relay.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.Message;
import io.nats.client.impl.Headers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedrivenMessageTest {
    private static final LetterStream STREAM = new LetterStream("DEAD", "2026-01-01T00:00:00Z");

    private static StreamFacts target(boolean allowsTtl) {
        return new StreamFacts(
                "ORDERS", "", "workqueue", List.of("orders.>"), Duration.ZERO, allowsTtl, false, false, 1, 1, 1, 0);
    }

    private static Message message(Headers headers, boolean allowsTtl) {
        return RedrivenMessage.of(
                new StoredLetter(7, headers, new byte[] {1, 0, 2}), STREAM, "orders.a", target(allowsTtl));
    }

    @Test
    void payloadAndHeadersAreTheMessagesOwn() {
        Message message = message(
                new Headers()
                        .add("Trace", "a", "b")
                        .put("Dead-Letter-Reason", "MaxDeliveries")
                        .put("Dead-Letter-Redrives", "4")
                        .put("Dead-Letter-Original-Status-Text", "kept"),
                false);
        assertThat(message.getSubject()).isEqualTo("orders.a");
        assertThat(message.getData()).containsExactly(1, 0, 2);
        assertThat(message.getHeaders().get("Trace")).containsExactly("a", "b");
        assertThat(message.getHeaders().getFirst("Status-Text")).isEqualTo("kept");
        assertThat(message.getHeaders().getFirst("Dead-Letter-Redrives")).isEqualTo("5");
        assertThat(message.getHeaders().getFirst("Nats-Msg-Id")).isEqualTo("redrive/DEAD/2026-01-01T00:00:00Z/7");
        assertThat(message.getHeaders().getFirst("Nats-Expected-Stream")).isEqualTo("ORDERS");
        assertThat(message.getHeaders().size()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({
        "Nats-Msg-Id",
        "nats-expected-stream",
        "Nats-Expected-Last-Sequence",
        "Nats-Rollup",
        "Nats-Schedule",
        "Nats-Schedule-Target",
        "Nats-Batch-Id",
        "Nats-Incr",
        "Nats-TTL"
    })
    void whatActsOnTheServerDoesNotActAgain(String name) {
        for (String each : List.of(name, "Dead-Letter-Original-" + name)) {
            Message message = message(new Headers().put(each, "x"), false);
            assertThat(message.getHeaders().keySet())
                    .containsExactlyInAnyOrder("Dead-Letter-Redrives", "Nats-Msg-Id", "Nats-Expected-Stream");
            assertThat(message.getHeaders().toMap().values()).doesNotContain(List.of("x"));
        }
    }

    @Test
    void theTimeToLiveIsTheMessagesOwnWhereTheStreamTakesIt() {
        Message message = message(new Headers().put("Dead-Letter-Original-Nats-TTL", "1h"), true);
        assertThat(message.getHeaders().getFirst("Nats-TTL")).isEqualTo("1h");
    }
}
