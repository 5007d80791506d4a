package io.jetwright.eventlogger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventWriterTest {
    private final List<Integer> pieces = new ArrayList<>();
    private final Deadline deadline = new Deadline();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream() {
        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            pieces.add(length);
            super.write(bytes, offset, length);
        }
    };
    private final EventWriter writer = new EventWriter(out, deadline);

    private static Event event(int length) {
        return new Event(1, "name", Instant.EPOCH, "x".repeat(length).getBytes(UTF_8));
    }

    @Test
    void smallEventsGoOutTogether() throws IOException {
        Event event = event(100);
        writer.write(List.of(event, event, event));
        assertThat(out.size()).isZero();

        writer.flush();

        assertThat(pieces).containsExactly(3 * event.frameLength());
        assertThat(writer.hasMore()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, EventWriter.SIZE - 20, EventWriter.SIZE - 13, EventWriter.SIZE, 100_000})
    void anEventGoesOutInPiecesAndIsWhole(int length) throws IOException {
        Event event = event(length);
        for (int before : new int[] {0, 1, 5_000, EventWriter.SIZE - 1}) {
            out.reset();
            writer.write(new byte[before]);
            writer.write(() -> event, EventWriter.Part.FRAME);
            writer.write(new byte[] {'.'});
            writer.flush();

            assertThat(out.toString(UTF_8).substring(before))
                    .isEqualTo("id: 1-0\ndata: " + "x".repeat(length) + "\n\n.");
        }
        assertThat(pieces).allMatch(piece -> piece <= EventWriter.SIZE);
    }

    @Test
    void anEventThatIsGoneIsNotWrittenInPart() {
        assertThatIOException().isThrownBy(() -> writer.write(() -> null, EventWriter.Part.FRAME));
    }

    @Test
    void theClientHasADeadlineOnlyWhileItTakesAPiece() throws IOException {
        var slow = new EventWriter(
                new ByteArrayOutputStream() {
                    @Override
                    public synchronized void write(byte[] bytes, int offset, int length) {
                        assertThat(deadline.isOver()).isTrue();
                    }
                },
                deadline);
        slow.beginPart(-20 * (16 << 10));
        slow.write(new byte[1]);
        slow.flush();

        assertThat(deadline.isOver()).isFalse();
    }
}
