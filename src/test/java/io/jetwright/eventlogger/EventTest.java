package io.jetwright.eventlogger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventTest {
    private final Event event = new Event(42, "user.login", Instant.EPOCH, "{\"data\":\"ñ\"}".getBytes(UTF_8));
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void aFrameHasTheSequenceAsItsIdAndTheJsonAsItsData() throws IOException {
        event.writeFrame(out);

        assertThat(out.toString(UTF_8)).isEqualTo("id: 42\ndata: {\"data\":\"ñ\"}\n\n");
        assertThat(event.size()).isEqualTo(out.size());
    }

    @Test
    void theJsonIsWrittenWithoutTheFrame() throws IOException {
        event.writeJson(out);

        assertThat(out.toString(UTF_8)).isEqualTo("{\"data\":\"ñ\"}").isEqualTo(event.toString());
        assertThat(event.length()).isEqualTo(out.size());
    }
}
