package io.jetwright.eventlogger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventTest {
    private final Event event =
            new Event(42, "user.login", Instant.ofEpochSecond(0, 2_015), "{\"data\":\"ñ\"}".getBytes(UTF_8));

    @Test
    void aFrameHasTheSequenceAndTheTimeAsItsIdAndTheJsonAsItsData() {
        assertThat(UTF_8.decode(event.frame()).toString()).isEqualTo("id: 42-1jz\ndata: {\"data\":\"ñ\"}\n\n");
        assertThat(event.frameLength()).isEqualTo(event.frame().remaining());
        assertThat(event.size()).isGreaterThan(event.frameLength());
    }

    @Test
    void theJsonIsWithoutTheFrame() {
        assertThat(UTF_8.decode(event.json()).toString())
                .isEqualTo("{\"data\":\"ñ\"}")
                .isEqualTo(event.toString());
        assertThat(event.length()).isEqualTo(event.json().remaining());
    }
}
