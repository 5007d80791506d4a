package io.jetwright.relay.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.impl.Headers;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadAgainTest {
    private final DeadAgain deadAgain =
            new DeadAgain(new LetterStream("DEAD", "CREATED"), Instant.parse("2026-01-01T12:00:00Z"));

    private static StoredLetter letter(long sequence, @Nullable String id, @Nullable String published) {
        Headers headers =
                new Headers().put("Dead-Letter-Stream", "WORK").put("Dead-Letter-Sequence", String.valueOf(sequence));
        if (id != null) {
            headers.put("Dead-Letter-Original-Nats-Msg-Id", id);
        }
        if (published != null) {
            headers.put("Dead-Letter-Published", published);
        }
        return new StoredLetter(1000, headers, new byte[0]);
    }

    @ParameterizedTest
    @CsvSource({
        "redrive/DEAD/CREATED/7, 2026-01-01T12:00:00Z, true",
        "redrive/DEAD/CREATED/7, , true",
        "redrive/DEAD/CREATED/7, 2026-01-01T11:59:59Z, false",
        "redrive/DEAD/OTHER/7, , false",
        "redrive/OTHER/CREATED/7, , false",
        "7, , false",
        ", , false"
    })
    void aMessageIsKnownByItsId(@Nullable String id, @Nullable String published, boolean isOne) {
        assertThat(deadAgain.has(letter(1, id, published))).isEqualTo(isOne);
    }

    @Test
    void aMessageThatIsGoneIsKnownByItsSequence() {
        deadAgain.sent("WORK", 100);
        deadAgain.sent("WORK", 103);
        deadAgain.sent("WORK", 1L << 40);
        assertThat(deadAgain.has(letter(100, null, null))).isTrue();
        assertThat(deadAgain.has(letter(103, null, null))).isTrue();
        assertThat(deadAgain.has(letter(101, null, null))).isFalse();
        assertThat(deadAgain.has(letter(99, null, null))).isFalse();
        assertThat(deadAgain.has(letter(1L << 40, null, null))).isFalse();
    }
}
