package io.jetwright.eventlogger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnswerTest {
    private static final EventQuery ALL = EventQuery.of(Optional.empty(), Optional.empty(), Optional.empty());

    private final EventLog log = new EventLog(10, 1 << 20);

    private void append(long sequence, String json) {
        log.append(new Event(sequence, "name", Instant.EPOCH, json.getBytes(UTF_8)));
    }

    /** The body, whose length has to be the one that the answer says. */
    private static String body(Answer answer) throws IOException {
        var out = new ByteArrayOutputStream();
        answer.body().to(out);
        assertThat(answer.length()).isEqualTo(out.size());
        return out.toString(UTF_8);
    }

    @Test
    void eventsAreAnArrayAndTheHeaderHasTheIdOfTheLastOne() throws IOException {
        append(7, "{\"data\":\"ñ\"}");
        append(9, "{}");
        append(12, "{\"a\":1}");
        Answer answer = Answer.events(log, ALL);

        assertThat(body(answer)).isEqualTo("[{\"data\":\"ñ\"},{},{\"a\":1}]");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo("application/json");
        assertThat(answer.headers()).containsOnly(Map.entry("Last-Event-ID", "12-0"));
    }

    @Test
    void oneEventIsAnArrayToo() throws IOException {
        append(7, "{}");

        assertThat(body(Answer.events(log, ALL))).isEqualTo("[{}]");
    }

    @Test
    void noEventsAreAnEmptyArrayWithoutALastSequence() throws IOException {
        Answer answer = Answer.events(log, ALL);

        assertThat(body(answer)).isEqualTo("[]");
        assertThat(answer.headers()).isEmpty();
    }

    @Test
    void largeEventsAreWrittenInPiecesWithoutBeingHeld() throws IOException {
        String large = "\"" + "a".repeat(20_000) + "\"";
        append(1, large);
        append(2, "{}");
        Answer answer = Answer.events(log, ALL);

        assertThat(body(answer)).isEqualTo("[" + large + ",{}]");
        OutputStream dropping = new OutputStream() {
            @Override
            public void write(int b) {
                throw new AssertionError("one by one");
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                assertThat(length).isLessThanOrEqualTo(EventWriter.SIZE);
                log.trim(2);
            }
        };
        assertThatIOException()
                .isThrownBy(() -> answer.body().to(dropping))
                .withMessageContaining("has not taken an event before it had to be dropped");
    }

    @Test
    void textIsEncodedInUtf8() throws IOException {
        Answer answer = Answer.text("text/plain; charset=utf-8", "ñ");

        assertThat(body(answer)).isEqualTo("ñ");
        assertThat(answer.length()).isEqualTo(2);
        assertThat(answer.contentType()).isEqualTo("text/plain; charset=utf-8");
    }

    @Test
    void aProblemHasItsStatusItsHeadersAndItsContentType() throws IOException {
        Problem problem = Problem.unavailable("NATS is away");
        Answer answer = Answer.problem(problem);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.contentType()).isEqualTo("application/problem+json");
        assertThat(answer.headers()).containsOnly(Map.entry("Retry-After", "2"));
        assertThat(body(answer)).isEqualTo(new String(problem.json(), UTF_8));
    }

    @Test
    void anUnchangedAnswerHasTheSameHeadersAndNoBody() throws IOException {
        Answer answer = Answer.of(200, "text/css", Map.of("ETag", "\"1\""), new byte[] {1, 2})
                .unchanged();

        assertThat(answer.status()).isEqualTo(304);
        assertThat(answer.headers()).containsOnly(Map.entry("ETag", "\"1\""));
        assertThat(body(answer)).isEmpty();
    }

    @Test
    void aHeaderIsAddedToTheOthers() throws IOException {
        Answer answer = Answer.of(200, "text/css", Map.of("ETag", "\"1\""), new byte[] {'x'})
                .with("Allow", "GET");

        assertThat(answer.headers()).containsOnly(Map.entry("ETag", "\"1\""), Map.entry("Allow", "GET"));
        assertThat(body(answer)).isEqualTo("x");
    }
}
