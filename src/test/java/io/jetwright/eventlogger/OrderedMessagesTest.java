package io.jetwright.eventlogger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.nats.client.IterableConsumer;
import io.nats.client.JetStreamStatusCheckedException;
import io.nats.client.JetStreamStatusException;
import io.nats.client.Message;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.impl.NatsMessage;
import io.nats.client.support.Status;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OrderedMessagesTest {
    private final FakeConsumer consumer = new FakeConsumer();
    private final OrderedMessages pulled = new OrderedMessages.Pulled(consumer);

    @Test
    void pulledMessagesAreThoseOfTheConsumer() throws Exception {
        consumer.message = NatsMessage.builder().subject("events.deploy").build();

        assertThat(pulled.next(Duration.ZERO)).isSameAs(consumer.message);
        assertThat(pulled.consumer().getName()).isEqualTo("event-logger");
    }

    @Test
    void withoutAMessageInTimeThereIsNone() throws InterruptedException {
        assertThat(pulled.next(Duration.ZERO)).isNull();
    }

    @Test
    void aConsumerThatIsGoneIsAnIllegalState() {
        consumer.failure =
                new JetStreamStatusCheckedException(new JetStreamStatusException(new Status(409, "Consumer Deleted")));

        assertThatIllegalStateException()
                .isThrownBy(() -> pulled.next(Duration.ZERO))
                .withMessageContaining("Consumer Deleted");
    }

    @Test
    void pulledMessagesAreNeverDropped() {
        assertThat(pulled.hasDropped()).isFalse();
    }

    @Test
    void aFailureToCloseIsNotTold() {
        assertThatCode(pulled::close).doesNotThrowAnyException();
        assertThat(consumer.isFinished()).isTrue();
    }

    /** A consumer that gives the same message or failure each time, and fails when it is closed. */
    private static final class FakeConsumer implements IterableConsumer {
        private @Nullable Message message;
        private @Nullable JetStreamStatusCheckedException failure;
        private boolean isClosed;

        @Override
        public @Nullable Message nextMessage(@Nullable Duration timeout) throws JetStreamStatusCheckedException {
            if (failure != null) {
                throw failure;
            }
            return message;
        }

        @Override
        public @Nullable Message nextMessage(long timeout) throws JetStreamStatusCheckedException {
            return nextMessage(Duration.ofMillis(timeout));
        }

        @Override
        public String getConsumerName() {
            return getCachedConsumerInfo().getName();
        }

        @Override
        public ConsumerInfo getConsumerInfo() {
            return getCachedConsumerInfo();
        }

        @Override
        public ConsumerInfo getCachedConsumerInfo() {
            return StreamFixtures.consumer("{}", 0, 0);
        }

        @Override
        public void stop() {
            isClosed = true;
        }

        @Override
        public void close() throws IOException {
            isClosed = true;
            throw new IOException("the connection is closed");
        }

        @Override
        public boolean isStopped() {
            return isClosed;
        }

        @Override
        public boolean isFinished() {
            return isClosed;
        }
    }
}
