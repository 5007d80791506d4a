package io.jetwright.relay.redrive;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nats.client.Message;
import io.nats.client.Subscription;
import io.nats.client.impl.Headers;
import io.nats.client.support.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a stream has, in order, by an ephemeral consumer. It requests by bytes, so that no more is on its way than there
 * is memory for.
 */
final class LetterReader implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration INACTIVE = Duration.ofMinutes(5);
    /** How many are requested at a time where they are looked at as fast as they come. */
    static final int MANY = 4_000;

    private static final long BYTES = 8L << 20;
    private static final int NO_MESSAGES = 404;
    private static final int TIMED_OUT = 408;
    private static final int CONFLICT = 409;

    private final Requests requests;
    private final String stream;
    private final String consumer = "jetwright-redrive-" + UUID.randomUUID();
    private final long last;
    private final long bytes;
    private final int batch;
    private final Subscription answers;
    private int requested;
    private int received;
    private long consumerSequence;

    /**
     * A reader.
     *
     * @param first the first sequence to read
     * @param last the last one
     * @param filter of the subjects; null for all
     * @param isWithPayload false for the headers alone
     * @param batch how many are requested at a time; the next ones have to be requested within minutes
     */
    LetterReader(
            Requests requests,
            String stream,
            long first,
            long last,
            @Nullable String filter,
            boolean isWithPayload,
            int batch)
            throws IOException, InterruptedException {
        this.requests = requests;
        this.stream = stream;
        this.last = last;
        this.batch = batch;
        this.bytes = Math.max(BYTES, requests.connection().getMaxPayload() * 2);
        this.answers = requests.connection().subscribe(requests.connection().createInbox());
        ObjectNode body = Requests.body().put("stream_name", stream);
        ObjectNode config = body.putObject("config")
                .put("name", consumer)
                .put("ack_policy", "none")
                .put("deliver_policy", "by_start_sequence")
                .put("opt_start_seq", Math.max(1, first))
                .put("headers_only", !isWithPayload)
                .put("mem_storage", true)
                .put("num_replicas", 1)
                .put("inactive_threshold", INACTIVE.toNanos());
        if (filter != null) {
            config.putArray("filter_subjects").add(filter);
        }
        requests.ask("CONSUMER.CREATE." + stream + "." + consumer, body);
    }

    /** The next one; null if there are no more. */
    @Nullable
    StoredLetter next() throws IOException, InterruptedException {
        while (true) {
            if (requested == 0) {
                request();
            }
            Message message = answers.nextMessage(PATIENCE);
            if (message == null) {
                throw new IOException("the stream %s does not go on sending what it has".formatted(stream));
            }
            if (message.isStatusMessage()) {
                if (isAtEnd(message)) {
                    return null;
                }
                continue;
            }
            return letter(message);
        }
    }

    private @Nullable StoredLetter letter(Message message) throws IOException {
        requested--;
        received++;
        if (message.metaData().consumerSequence() != ++consumerSequence) {
            throw new IOException("a message of the stream %s was lost on its way".formatted(stream));
        }
        long sequence = message.metaData().streamSequence();
        return sequence > last
                ? null
                : new StoredLetter(
                        sequence,
                        Objects.requireNonNullElseGet(message.getHeaders(), Headers::new),
                        Objects.requireNonNullElseGet(message.getData(), () -> new byte[0]));
    }

    private void request() {
        requested = batch;
        received = 0;
        String request = "{\"batch\":%d,\"max_bytes\":%d,\"no_wait\":true}".formatted(batch, bytes);
        requests.connection()
                .publish(
                        requests.subject("CONSUMER.MSG.NEXT." + stream + "." + consumer),
                        answers.getSubject(),
                        request.getBytes(StandardCharsets.US_ASCII));
    }

    /** What tells that a batch is completed comes when the next one was requested, and only from newer servers. */
    private boolean isAtEnd(Message message) throws IOException {
        int code = message.getStatus().getCode();
        if (code == NO_MESSAGES || code == TIMED_OUT) {
            requested = 0;
            return received == 0;
        }
        if (code == CONFLICT && message.getStatus().getMessage().startsWith(Status.BATCH_COMPLETED)) {
            return false;
        }
        if (code == CONFLICT && received > 0) {
            requested = 0;
            return false;
        }
        throw new IOException("the stream %s does not send what it has: %s"
                .formatted(stream, message.getStatus().getMessageWithCode()));
    }

    /** Ends the consumer. */
    @Override
    public void close() {
        try {
            answers.unsubscribe();
            var unused = requests.send(requests.subject("CONSUMER.DELETE." + stream + "." + consumer), Requests.body());
        } catch (IllegalStateException e) {
            // the connection is closed; the server removes the consumer
        }
    }
}
