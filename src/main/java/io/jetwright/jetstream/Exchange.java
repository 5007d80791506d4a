package io.jetwright.jetstream;

import io.jetwright.nats.ConnectionSettings;
import io.nats.client.Connection;
import io.nats.client.JetStreamStatusException;
import io.nats.client.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The requests under way: each waits for its answer, for the server's refusal, or for the loss of the connection. */
final class Exchange {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** Longer than an answer mostly takes. */
    private static final Duration QUICK = Duration.ofMillis(100);

    private final ConnectionSettings settings;
    private final Pause pause;
    private final ConcurrentMap<String, CompletableFuture<Message>> underWay = new ConcurrentHashMap<>();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();

    Exchange(ConnectionSettings settings, Pause pause) {
        this.settings = settings;
        this.pause = pause;
    }

    /** Sends a request and waits for its answer. */
    Message request(Connection connection, String subject, byte[] body) throws JetStreamException {
        refused.remove(subject);
        CompletableFuture<Message> answer = connection.requestWithTimeout(subject, body, TIMEOUT);
        underWay.put(subject, answer);
        if (refused.contains(subject)) {
            answer.completeExceptionally(new Refused());
        }
        try {
            return await(answer);
        } catch (ExecutionException e) {
            throw failure(subject, Objects.requireNonNullElse(e.getCause(), e));
        } catch (TimeoutException | CancellationException e) {
            if (connection.getStatus() != Connection.Status.CONNECTED) {
                throw failure(subject, connectionLost());
            }
            throw new JetStreamException.Unreachable(
                    "%s did not answer %s within %d s: see whether its JetStream has a leader"
                            .formatted(settings, subject, TIMEOUT.toSeconds()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JetStreamException.Unreachable("interrupted while waiting for " + settings);
        } finally {
            underWay.remove(subject, answer);
        }
    }

    private Message await(CompletableFuture<Message> answer)
            throws ExecutionException, InterruptedException, TimeoutException {
        try {
            return answer.get(QUICK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            pause.begin();
            try {
                return answer.get(TIMEOUT.minus(QUICK).toMillis(), TimeUnit.MILLISECONDS);
            } finally {
                pause.end();
            }
        }
    }

    /** The server lets nothing be published there; its word may come before the answer is waited for. */
    void refused(String subject) {
        refused.add(subject);
        CompletableFuture<Message> answer = underWay.get(subject);
        if (answer != null) {
            answer.completeExceptionally(new Refused());
        }
    }

    /** No answer will come any more. */
    void lost() {
        underWay.values().forEach(answer -> answer.completeExceptionally(connectionLost()));
    }

    private static IOException connectionLost() {
        return new IOException("the connection is lost");
    }

    private JetStreamException failure(String subject, Throwable cause) {
        if (cause instanceof JetStreamStatusException) {
            return new JetStreamException.Disabled(
                    "%s has no JetStream for this account: start nats-server with --jetstream, and enable JetStream for the account"
                            .formatted(settings));
        }
        if (cause instanceof Refused) {
            return new JetStreamException.Denied(
                    "the NATS user may not publish to %s on %s: allow it in its permissions"
                            .formatted(subject, settings));
        }
        return new JetStreamException.Unreachable(settings + " did not answer: " + cause.getMessage());
    }

    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
