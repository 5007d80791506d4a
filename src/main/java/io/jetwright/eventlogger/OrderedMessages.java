package io.jetwright.eventlogger;

import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.api.ConsumerInfo;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The messages of a consumer: in the order of the stream and without gaps. */
interface OrderedMessages extends AutoCloseable {
    /**
     * Returns the next message; null if none comes in time. One that is too large comes without its payload, but with the
     * header Nats-Msg-Size.
     *
     * @throws IllegalStateException if the connection or the consumer is gone
     */
    @Nullable
    Message next(Duration timeout) throws InterruptedException;

    /** The consumer as it was when it was created. */
    ConsumerInfo consumer() throws IOException, JetStreamApiException;

    @Override
    void close();
}
