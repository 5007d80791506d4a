package io.jetwright.eventlogger;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.impl.NatsJetStreamMetaData;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The messages of an {@link JetStreams#createEphemeral ephemeral} consumer. One that is too large comes without its payload.
 */
final class PulledMessages implements OrderedMessages {
    /** How many are requested at a time where nothing else says it. */
    static final int MAX_MESSAGES = 1_000;

    private final Connection connection;
    private final EventLoggerSettings settings;
    private final ConsumerConfiguration start;
    private final PullRequests.Limits limits;
    private final boolean areOnlyPresent;
    private ConsumerInfo consumer;
    private PullRequests requests;
    private long consumerSequence;
    private long streamSequence;
    private boolean isCut;

    private PulledMessages(
            Connection connection,
            EventLoggerSettings settings,
            ConsumerConfiguration start,
            PullRequests.Limits limits,
            boolean areOnlyPresent)
            throws IOException, JetStreamApiException {
        this.connection = connection;
        this.settings = settings;
        this.start = start;
        this.limits = limits;
        this.areOnlyPresent = areOnlyPresent;
        this.consumer = JetStreams.createEphemeral(connection, settings, start);
        this.requests = request(limits);
    }

    /**
     * Creates the consumer.
     *
     * @param start where it begins, and its filter
     * @param bytes how much may be requested at a time
     * @param largest a single message that is not larger than this comes as a whole even if it is larger than that
     */
    static OrderedMessages open(
            Connection connection, EventLoggerSettings settings, ConsumerConfiguration start, int bytes, int largest)
            throws IOException, JetStreamApiException {
        return new PulledMessages(
                connection, settings, start, new PullRequests.Limits(MAX_MESSAGES, bytes, largest), false);
    }

    /** The same, but without waiting for messages to come: {@link #isAtEnd} tells where there are no more. */
    static PulledMessages present(
            Connection connection,
            EventLoggerSettings settings,
            ConsumerConfiguration start,
            PullRequests.Limits limits)
            throws IOException, JetStreamApiException {
        return new PulledMessages(connection, settings, start, limits, true);
    }

    private PullRequests request(PullRequests.Limits with) {
        return new PullRequests(connection, settings, consumer.getName(), with, areOnlyPresent);
    }

    @Override
    public @Nullable Message next(Duration timeout) throws InterruptedException {
        Message message = requests.next(timeout);
        isCut = message == null && requests.isTooLarge();
        if (message == null) {
            return isCut ? withoutPayload() : null;
        }
        NatsJetStreamMetaData metadata = message.metaData();
        if (metadata.consumerSequence() != consumerSequence + 1) {
            throw new IllegalStateException("a message was lost on its way, after " + streamSequence);
        }
        consumerSequence++;
        streamSequence = metadata.streamSequence();
        return message;
    }

    /** Has the next message sent without its payload, and goes on after it with another consumer. */
    private @Nullable Message withoutPayload() throws InterruptedException {
        try {
            ConsumerConfiguration next = streamSequence == 0
                    ? start
                    : StreamCursor.from(start, streamSequence + 1).build();
            reopen(
                    ConsumerConfiguration.builder(next).headersOnly(true).build(),
                    new PullRequests.Limits(1, Integer.MAX_VALUE, 0));
            Message head = requests.next(JetStreams.TIMEOUT);
            if (head == null) {
                if (requests.isAtEnd()) {
                    return null;
                }
                throw new IllegalStateException("a message that is too large does not come without its payload either");
            }
            long sequence = head.metaData().streamSequence();
            reopen(StreamCursor.from(start, sequence + 1).build(), limits);
            streamSequence = sequence;
            return head;
        } catch (IOException | JetStreamApiException e) {
            throw new IllegalStateException(String.valueOf(e.getMessage()), e);
        }
    }

    private void reopen(ConsumerConfiguration from, PullRequests.Limits with)
            throws IOException, JetStreamApiException {
        close();
        consumer = JetStreams.createEphemeral(connection, settings, from);
        requests = request(with);
        consumerSequence = 0;
    }

    /** Whether the last message came without its payload, since it is too large. */
    boolean isCut() {
        return isCut;
    }

    /** Whether JetStream has no more. */
    boolean isAtEnd() {
        return requests.isAtEnd();
    }

    @Override
    public ConsumerInfo consumer() {
        return consumer;
    }

    @Override
    public void close() {
        requests.close();
        JetStreams.delete(connection, settings, consumer);
    }
}
