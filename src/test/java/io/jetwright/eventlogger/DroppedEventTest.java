package io.jetwright.eventlogger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DroppedEventTest {
    private final MemoryBudget budget = MemoryBudget.of(128 << 20);
    private final FakeCursors cursors = new FakeCursors();
    private final EventFeed feed = new EventFeed(new EventLog(3, 1 << 20), cursors, budget);
    private final EventWriter writer = new EventWriter(OutputStream.nullOutputStream(), new Deadline());

    /** A stream with these sequences, a second apart; null while it cannot be used. */
    private static final class FakeCursors implements StreamCursors {
        private long @Nullable [] stream = {};
        private boolean isBroken;
        private int opened;

        @Override
        public @Nullable StreamCursor open(StreamCursor.Request request) throws IOException, JetStreamApiException {
            opened++;
            if (isBroken) {
                throw new IOException("broken");
            }
            return stream == null ? null : StreamCursor.of(FakeOrderedMessages.of(stream), StreamFixtures.DECODER);
        }

        @Override
        public OptionalLong lastSequence() {
            return OptionalLong.empty();
        }
    }

    private DroppedEvent dropped(long sequence) {
        return new DroppedEvent(feed, writer, new EventId(sequence, sequence * 1_000_000_000));
    }

    @Test
    void isReadFromTheStreamOnceAndHeldUntilItIsClosed() {
        cursors.stream = new long[] {7, 8};
        try (DroppedEvent dropped = dropped(7)) {
            assertThat(cursors.opened).isZero();

            Event event = dropped.find();

            assertThat(event).isNotNull().extracting(Event::sequence).isEqualTo(7L);
            assertThat(dropped.find()).isSameAs(event);
            assertThat(cursors.opened).isEqualTo(1);
            assertThat(feed.catchUp().room().used()).isPositive();
        }
        assertThat(feed.catchUp().room().used()).isZero();
    }

    @Test
    void isNotTheOneThatTheStreamHasInItsPlaceNow() {
        cursors.stream = new long[] {8};
        try (DroppedEvent dropped = dropped(7)) {
            assertThat(dropped.find()).isNull();
        }
        cursors.stream = new long[] {7};
        try (DroppedEvent dropped = new DroppedEvent(feed, writer, new EventId(7, 1))) {
            assertThat(dropped.find()).isNull();
        }
        assertThat(feed.catchUp().room().used()).isZero();
    }

    @Test
    void isNotThereWhereTheStreamHasItNoMoreOrCannotBeUsed() {
        try (DroppedEvent dropped = dropped(7)) {
            assertThat(dropped.find()).isNull();
        }
        cursors.stream = null;
        try (DroppedEvent dropped = dropped(7)) {
            assertThat(dropped.find()).isNull();
            assertThat(dropped.find()).isNull();
        }
        assertThat(cursors.opened).isEqualTo(2);
        assertThat(feed.catchUp().room().used()).isZero();
    }

    @Test
    void whatFailsIsToldToTheWriter() {
        cursors.isBroken = true;
        try (DroppedEvent dropped = dropped(7)) {
            assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(dropped::find);
        }
        assertThat(feed.catchUp().room().used()).isZero();
    }

    @Test
    void whoNeedsNothingReadsNothing() {
        dropped(7).close();

        assertThat(cursors.opened).isZero();
    }
}
