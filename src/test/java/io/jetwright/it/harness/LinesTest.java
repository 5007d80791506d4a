package io.jetwright.it.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LinesTest {
    private static Lines of(String text) {
        return new Lines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), line -> {});
    }

    @Test
    void theLastOnesAreShown() throws Exception {
        Lines lines = of("first\n" + "between\n".repeat(38) + "last but one\nlast\n");
        assertThat(lines.toTheEnd()).hasSize(41);
        assertThat(lines.toString()).doesNotContain("first").endsWith("last but one\nlast");
    }

    @Test
    void theyCanBeShownWhileMoreAreComing() {
        Lines lines = of("line\n".repeat(10_000));
        do {
            assertThat(lines.toString()).matches("(line\n?)*");
        } while (lines.soFar().size() < 10_000);
    }
}
