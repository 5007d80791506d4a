package io.jetwright.eventlogger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.nats.client.Message;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.impl.Headers;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamCursorTest {
    private static final Duration AT_ONCE = Duration.ZERO;

    @ParameterizedTest
    @CsvSource({"42, 42", "1, 1", "0, 1", "-1, 1"})
    void beginsWithTheSequenceOrTheFirstOne(long sequence, long start) {
        ConsumerConfiguration configuration = StreamCursor.from(sequence).build();

        assertThat(configuration.getDeliverPolicy()).isEqualTo(DeliverPolicy.ByStartSequence);
        assertThat(configuration.getStartSequence()).isEqualTo(start);
    }

    @Test
    void eventsHaveTheirSequenceTimeNameDataAndHeaders() throws Exception {
        var messages = new FakeOrderedMessages(StreamFixtures.consumer("{}", 1, 0));
        messages.add("events.user.login", 42, 0, new Headers().put("Trace", "a", "b"), "{\"x\":1}");

        Event event = Objects.requireNonNull(
                StreamCursor.of(messages, StreamFixtures.DECODER).next(AT_ONCE));

        assertThat(event.sequence()).isEqualTo(42);
        assertThat(event.name()).isEqualTo("user.login");
        assertThat(event.timestamp()).isEqualTo(Instant.ofEpochSecond(42));
        assertThat(event.toString()).contains("\"data\":{\"x\":1}", "\"headers\":{\"Trace\":[\"a\",\"b\"]}");
    }

    @Test
    void withoutAMessageInTimeThereIsNoEvent() throws Exception {
        assertThat(StreamCursor.of(FakeOrderedMessages.of(), StreamFixtures.DECODER)
                        .next(AT_ONCE))
                .isNull();
    }

    @Test
    void isAtTheEndOnceNothingMoreIsPending() throws Exception {
        StreamCursor cursor = StreamCursor.of(FakeOrderedMessages.of(7, 9), StreamFixtures.DECODER);
        assertThat(cursor.isAtEnd()).isFalse();

        cursor.next(AT_ONCE);
        assertThat(cursor.isAtEnd()).isFalse();

        cursor.next(AT_ONCE);
        assertThat(cursor.isAtEnd()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        // pending, delivered, at the end
        "0, 0, true",
        "1, 0, false",
        "0, 1, false"
    })
    void isAtTheEndFromTheBeginningIfThereIsNothingToRead(long pending, long delivered, boolean isAtEnd)
            throws Exception {
        var messages = new FakeOrderedMessages(StreamFixtures.consumer("{}", pending, delivered));

        assertThat(StreamCursor.of(messages, StreamFixtures.DECODER).isAtEnd()).isEqualTo(isAtEnd);
    }

    @Test
    void closesTheConsumer() throws Exception {
        FakeOrderedMessages messages = FakeOrderedMessages.of();

        StreamCursor.of(messages, StreamFixtures.DECODER).close();

        assertThat(messages.isClosed()).isTrue();
    }

    @Test
    void closesTheConsumerIfItCannotBeAskedFor() {
        var messages = new UnknownConsumer();

        assertThatIllegalStateException().isThrownBy(() -> StreamCursor.of(messages, StreamFixtures.DECODER));

        assertThat(messages.isClosed).isTrue();
    }

    /** A consumer whose connection is closed. */
    private static final class UnknownConsumer implements OrderedMessages {
        private boolean isClosed;

        @Override
        public @Nullable Message next(Duration timeout) {
            return null;
        }

        @Override
        public ConsumerInfo consumer() {
            throw new IllegalStateException("the connection is closed");
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }
}
