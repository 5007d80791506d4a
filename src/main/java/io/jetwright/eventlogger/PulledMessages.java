package io.jetwright.eventlogger;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.Message;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.impl.NatsJetStreamMetaData;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The messages of an ephemeral pull consumer. What is requested comes also from JetStream of another account, whose exports let
 * answers through, but not what a push consumer delivers.
 */
final class PulledMessages implements OrderedMessages {
    private static final int MAX_MESSAGES = 1_000;

    /** The server deletes the consumer after this time without requests, should this process not come to it. */
    private static final Duration INACTIVE_THRESHOLD = Duration.ofSeconds(30);

    private final Connection connection;
    private final EventLoggerSettings settings;
    private final ConsumerConfiguration start;
    private final PullRequests.Limits limits;
    private ConsumerInfo consumer;
    private PullRequests requests;
    private long consumerSequence;
    private long streamSequence;

    private PulledMessages(
            Connection connection, EventLoggerSettings settings, ConsumerConfiguration start, int bytes, int largest)
            throws IOException, JetStreamApiException {
        this.connection = connection;
        this.settings = settings;
        this.start = start;
        this.limits = new PullRequests.Limits(MAX_MESSAGES, bytes, largest);
        this.consumer = create(start);
        this.requests = new PullRequests(connection, settings, consumer.getName(), limits);
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
        return new PulledMessages(connection, settings, start, bytes, largest);
    }

    private JetStreamManagement management() throws IOException {
        return JetStreams.management(connection, settings);
    }

    private ConsumerInfo create(ConsumerConfiguration from) throws IOException, JetStreamApiException {
        return management()
                .createConsumer(
                        settings.stream(),
                        ConsumerConfiguration.builder(from)
                                .ackPolicy(AckPolicy.None)
                                .memStorage(true)
                                .numReplicas(1)
                                .inactiveThreshold(INACTIVE_THRESHOLD)
                                .build());
    }

    @Override
    public @Nullable Message next(Duration timeout) throws InterruptedException {
        Message message = requests.next(timeout);
        if (message == null) {
            return requests.isTooLarge() ? withoutPayload() : null;
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
    private Message withoutPayload() throws InterruptedException {
        try {
            ConsumerConfiguration next = streamSequence == 0
                    ? start
                    : StreamCursor.from(start, streamSequence + 1).build();
            reopen(
                    ConsumerConfiguration.builder(next).headersOnly(true).build(),
                    new PullRequests.Limits(1, Integer.MAX_VALUE, 0));
            Message head = requests.next(JetStreams.TIMEOUT);
            if (head == null) {
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
        consumer = create(from);
        requests = new PullRequests(connection, settings, consumer.getName(), with);
        consumerSequence = 0;
    }

    @Override
    public ConsumerInfo consumer() {
        return consumer;
    }

    @Override
    public void close() {
        requests.close();
        try {
            management().deleteConsumer(settings.stream(), consumer.getName());
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            // the connection is closed or the consumer is gone; else the server deletes it after a while
        }
    }
}
