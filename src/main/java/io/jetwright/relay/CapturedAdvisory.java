package io.jetwright.relay;

import io.jetwright.jetstream.JetStreamException;
import io.jetwright.jetstream.NatsConnection;
import io.nats.client.Message;
import io.nats.client.impl.NatsJetStreamMetaData;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * An advisory as the stream that captures them has delivered it.
 *
 * @param asked when it was asked for, of {@link System#nanoTime}; it was delivered no earlier
 */
record CapturedAdvisory(NatsConnection connection, Message message, long asked) {
    byte[] text() {
        return message.getData();
    }

    private NatsJetStreamMetaData metaData() {
        return message.metaData();
    }

    /** Its sequence in the stream. */
    long sequence() {
        return metaData().streamSequence();
    }

    /** How often it was delivered, with this time. */
    long deliveries() {
        return metaData().deliveredCount();
    }

    /** How many were still to be delivered then. */
    long pending() {
        return metaData().pendingCount();
    }

    /** It is dealt with. Should that be lost, it is delivered again, and found to be dealt with. */
    void done() throws JetStreamException {
        connection.connection().publish(message.getReplyTo(), "+ACK".getBytes(StandardCharsets.US_ASCII));
    }

    /** It is to be delivered again after a time. */
    void again(Duration delay) throws JetStreamException {
        connection
                .connection()
                .publish(
                        message.getReplyTo(),
                        "-NAK {\"delay\":%d}".formatted(delay.toNanos()).getBytes(StandardCharsets.US_ASCII));
    }
}
