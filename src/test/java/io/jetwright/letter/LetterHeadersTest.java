package io.jetwright.letter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LetterHeadersTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Nats-Msg-Id",
                "nats-msg-id",
                "Nats-Expected-Last-Sequence",
                "Nats-Expected-Last-Subject-Sequence-Subject",
                "Nats-Rollup",
                "Nats-TTL",
                "Nats-Schedule",
                "Nats-Schedule-Target",
                "Nats-Scheduler",
                "Nats-Batch-Id",
                "Nats-Incr",
                "Nats-Counter-Sources",
                "Nats-Marker-Reason",
                "Nats-Stream-Source",
                "Nats-Subject",
                "Dead-Letter-Reason",
                "dead-letter-anything"
            })
    void whatWouldActOnTheServerTravelsUnderAnotherName(String name) {
        assertThat(LetterHeaders.kept(name)).isEqualTo("Dead-Letter-Original-" + name);
        assertThat(LetterHeaders.original(LetterHeaders.kept(name))).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Trace", "Content-Type", "X-Dead-Letter", "Natsy", "traceparent"})
    void allOthersKeepTheirs(String name) {
        assertThat(LetterHeaders.kept(name)).isEqualTo(name);
        assertThat(LetterHeaders.original(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dead-Letter-Reason", "Dead-Letter-Id", "Nats-Msg-Id", "Nats-Expected-Stream"})
    void oursAreNotOfTheMessage(String name) {
        assertThat(LetterHeaders.original(name)).isNull();
    }
}
