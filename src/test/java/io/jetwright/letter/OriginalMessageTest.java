package io.jetwright.letter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class OriginalMessageTest {
    private static OriginalMessage of(String json) throws Exception {
        return OriginalMessage.of(JsonMapper.builder().build().readTree(json));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void headersAndPayloadAreAsTheyWere() throws Exception {
        OriginalMessage message =
                of("{\"subject\":\"a.b\",\"seq\":3,\"time\":\"2026-11-26T18:00:00Z\",\"hdrs\":\"%s\",\"data\":\"AAH/\"}"
                        .formatted(base64("NATS/1.0\r\nA: one\r\na:two: three \r\nEmpty:\r\nUmlaut: ü\r\n\r\n")));

        assertThat(message.subject()).isEqualTo("a.b");
        assertThat(message.sequence()).isEqualTo(3);
        assertThat(message.payload()).containsExactly(0, 1, 0xff);
        assertThat(message.headers())
                .containsExactly(
                        new Header("A", "one"),
                        new Header("a", "two: three"),
                        new Header("Empty", ""),
                        new Header("Umlaut", "ü"));
        assertThat(message.header("EMPTY")).contains("");
    }

    @Test
    void itMayHaveNeither() throws Exception {
        OriginalMessage message = of("{\"subject\":\"a.b\",\"seq\":3,\"time\":\"2026-11-26T18:00:00Z\"}");

        assertThat(message.headers()).isEmpty();
        assertThat(message.payload()).isEmpty();
    }
}
