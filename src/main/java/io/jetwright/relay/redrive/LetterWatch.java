package io.jetwright.relay.redrive;

import com.fasterxml.jackson.databind.JsonNode;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes one process at a time work on a stream of dead letters, and tells it of new ones there. It is a push consumer of a
 * fixed name, which the server makes only once, keeps for as long as the connection lives that it delivers to, and removes some
 * seconds later. So nobody takes over while a process that is merely paused may still send what it has buffered.
 */
final class LetterWatch implements AutoCloseable {
    /** The consumer's name in JetStream. */
    static final String NAME = "jetwright-redrive";

    private static final String HOLDER = "jetwright.io/redrive";
    private static final Duration HEARTBEAT = Duration.ofSeconds(2);

    /** Without a heartbeat for so long the consumer may be gone; before the server would remove it. */
    private static final Duration SILENCE = HEARTBEAT.multipliedBy(3);

    private static final Duration INACTIVE = Duration.ofSeconds(10);

    private final Requests requests;
    private final String stream;
    private final Dispatcher dispatcher;
    private volatile long lastSign = System.nanoTime();

    private LetterWatch(Requests requests, String stream, String inbox, Consumer<StoredLetter> listener) {
        this.requests = requests;
        this.stream = stream;
        this.dispatcher = requests.connection().createDispatcher();
        dispatcher.subscribe(inbox, message -> heard(message, listener));
    }

    /**
     * Begins, unless another process works on the stream.
     *
     * @param from the sequence from which on the listener is told of dead letters, by their headers alone
     * @param holder says to people who works on the stream
     * @return empty if another process does
     */
    static Optional<LetterWatch> begin(
            Requests requests, String stream, long from, String holder, Consumer<StoredLetter> listener)
            throws IOException, InterruptedException {
        Connection connection = requests.connection();
        String inbox = connection.createInbox();
        var watch = new LetterWatch(requests, stream, inbox, listener);
        boolean isMade = false;
        try {
            var body = Requests.body().put("stream_name", stream).put("action", "create");
            body.putObject("config")
                    .put("name", NAME)
                    .put("durable_name", NAME)
                    .put("description", "Held by Jetwright while it sends dead letters back; removed afterwards")
                    .put("ack_policy", "none")
                    .put("deliver_policy", "by_start_sequence")
                    .put("opt_start_seq", from)
                    .put("deliver_subject", inbox)
                    .put("headers_only", true)
                    .put("idle_heartbeat", HEARTBEAT.toNanos())
                    .put("inactive_threshold", INACTIVE.toNanos())
                    .putObject("metadata")
                    .put(HOLDER, holder);
            JsonNode made = requests.ask("CONSUMER.CREATE." + stream + "." + NAME, body);
            isMade = inbox.equals(made.path("config").path("deliver_subject").asText());
            return isMade ? Optional.of(watch) : Optional.empty();
        } catch (ApiRefusal e) {
            if (e.code() == ApiRefusal.CONSUMER_EXISTS) {
                return Optional.empty();
            }
            throw e;
        } finally {
            if (!isMade) {
                watch.stop();
            }
        }
    }

    /** Who works on the stream; empty if nobody does. */
    static Optional<String> holder(Requests requests, String stream) throws IOException, InterruptedException {
        try {
            return Optional.of(requests.ask("CONSUMER.INFO." + stream + "." + NAME)
                    .path("config")
                    .path("metadata")
                    .path(HOLDER)
                    .asText("another client"));
        } catch (ApiRefusal e) {
            if (e.code() == ApiRefusal.CONSUMER_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private void heard(Message message, Consumer<StoredLetter> listener) {
        lastSign = System.nanoTime();
        if (!message.isStatusMessage()) {
            listener.accept(new StoredLetter(
                    message.metaData().streamSequence(),
                    Objects.requireNonNullElseGet(message.getHeaders(), Headers::new),
                    new byte[0]));
        }
    }

    /** Whether this process is still the one that works on the stream, for all that it knows. */
    boolean isHeld() {
        return requests.connection().getStatus() == Connection.Status.CONNECTED
                && System.nanoTime() - lastSign < SILENCE.toNanos();
    }

    private void stop() {
        try {
            requests.connection().closeDispatcher(dispatcher);
        } catch (IllegalArgumentException | IllegalStateException e) {
            // the connection is closed, and with it the subscription
        }
    }

    /** Lets another process work on the stream at once. To be called when nothing is on its way any more. */
    @Override
    public void close() {
        stop();
        try {
            if (isHeld()) {
                var unused = requests.send(requests.subject("CONSUMER.DELETE." + stream + "." + NAME), Requests.body());
            }
        } catch (IllegalStateException e) {
            // the connection is closed; the server removes the consumer
        }
    }
}
