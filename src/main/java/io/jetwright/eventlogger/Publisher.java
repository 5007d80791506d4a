package io.jetwright.eventlogger;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.PublishAck;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import io.nats.client.support.NatsJetStreamConstants;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes events to the stream. An event is published once JetStream has confirmed it. */
final class Publisher {
    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

    /** The default of a server's max_payload, which holds until the app is connected. */
    private static final long DEFAULT_MAX_PAYLOAD = 1 << 20;

    private static final int STREAM_NOT_MATCH = 10060;
    private static final int MESSAGE_EXCEEDS_MAXIMUM = 10054;

    private final EventLoggerSettings settings;
    private final NatsConnector connector;
    private final StreamPoller poller;
    private final AtomicInteger underWay = new AtomicInteger();

    Publisher(EventLoggerSettings settings, NatsConnector connector, StreamPoller poller) {
        this.settings = settings;
        this.connector = connector;
        this.poller = poller;
    }

    /**
     * JetStream's confirmation.
     *
     * @param isRepeated whether the same event was confirmed before with the same key, so that nothing was published
     *     now
     */
    record Receipt(String subject, boolean isRepeated) {}

    /** The maximum size of a message with its headers, in bytes: the server's, or the stream's if that is smaller. */
    long maxMessageSize() {
        Connection connection = connector.connection();
        StreamView view = poller.view();
        long server = connection == null ? DEFAULT_MAX_PAYLOAD : connection.getMaxPayload();
        return view == null || view.maxMessageSize() < 0 ? server : Math.min(server, view.maxMessageSize());
    }

    /**
     * Publishes an event and waits for JetStream's confirmation.
     *
     * @param key within the stream's duplicate window, an event with the same key is published only once
     * @throws Problem if the event is not published, or if it is unknown whether it is
     */
    Receipt publish(Publication publication, Optional<String> key) {
        Connection connection = connector.connection();
        if (connection == null) {
            throw Problem.unavailable("NATS is away: " + connector.publicFailure());
        }
        StreamView view = poller.view();
        if (view == null) {
            throw Problem.unavailable(poller.streamFault());
        }
        String subject = publication.subject(view);
        Message message = message(subject, publication.payload(view.name(subject)), publication.headers(), key);
        if (size(message) > maxMessageSize()) {
            throw Problem.tooLarge(maxMessageSize());
        }
        underWay.incrementAndGet();
        try {
            PublishAck confirmation =
                    JetStreams.publishing(connection, settings).publish(message);
            if (confirmation.isDuplicate()) {
                refuseUnlessSame(connection, message, confirmation.getSeqno());
            }
            return new Receipt(subject, confirmation.isDuplicate());
        } catch (JetStreamApiException e) {
            throw refusal(e, subject);
        } catch (IOException | IllegalStateException e) {
            LOG.debug("{}", e.toString());
            throw Problem.unavailable(unconfirmed(subject));
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("the event cannot be published: " + e.getMessage());
        } finally {
            underWay.decrementAndGet();
        }
    }

    /** How many events wait for JetStream's confirmation. */
    int underWay() {
        return underWay.get();
    }

    private String unconfirmed(String subject) {
        return connector.isUp()
                ? "JetStream has not confirmed the event on " + subject
                        + "; with the same Idempotency-Key it can be sent again without being doubled"
                : "NATS is away: " + connector.publicFailure();
    }

    Message message(String subject, byte[] payload, Map<String, List<String>> own, Optional<String> key) {
        var headers = new Headers();
        own.forEach(headers::put);
        headers.put(NatsJetStreamConstants.EXPECTED_STREAM_HDR, settings.stream());
        key.ifPresent(id -> headers.put(NatsJetStreamConstants.MSG_ID_HDR, id));
        return NatsMessage.builder()
                .subject(subject)
                .headers(headers)
                .data(payload)
                .build();
    }

    private static long size(Message message) {
        return (long) message.getHeaders().serializedLength() + message.getData().length;
    }

    /** Refuses a key that was used for another event, which JetStream would otherwise drop silently. */
    private void refuseUnlessSame(Connection connection, Message message, long sequence) throws IOException {
        MessageInfo earlier = earlier(connection, sequence);
        if (earlier != null
                && !(message.getSubject().equals(earlier.getSubject())
                        && Arrays.equals(message.getData(), earlier.getData())
                        && PublicationHeaders.of(message.getHeaders())
                                .equals(PublicationHeaders.of(earlier.getHeaders())))) {
            throw Problem.of(
                    422,
                    "Unprocessable Content",
                    "the Idempotency-Key was used before, for another event; take a new key for each");
        }
    }

    private @Nullable MessageInfo earlier(Connection connection, long sequence) throws IOException {
        try {
            return JetStreams.management(connection, settings).getMessage(settings.stream(), sequence);
        } catch (JetStreamApiException e) {
            return null;
        }
    }

    /** Why JetStream has refused the event with this subject. */
    Problem refusal(JetStreamApiException refusal, String subject) {
        return switch (refusal.getApiErrorCode()) {
            case MESSAGE_EXCEEDS_MAXIMUM -> Problem.tooLarge(maxMessageSize());
            case STREAM_NOT_MATCH ->
                Problem.unavailable("the subject " + subject + " belongs to another stream than " + settings.stream()
                        + ": correct SUBJECT_PREFIX or STREAM_NAME");
            default ->
                Problem.unavailable(
                        "the stream " + settings.stream() + " has refused the event: " + refusal.getMessage());
        };
    }
}
