package io.jetwright.jetstream;

import io.jetwright.nats.ConnectionSettings;
import io.nats.client.Connection;
import io.nats.client.JetStreamStatusException;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The requests that are under way. Each ends with its answer, the server's refusal, the connection's loss, or a time-out. */
final class Exchange {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** Most answers take less. */
    private static final Duration QUICK = Duration.ofMillis(100);

    private final ConnectionSettings settings;
    private final Pause pause;
    private final Duration timeout;
    private final Duration quick;
    private final Set<UnderWay> underWay = ConcurrentHashMap.newKeySet();

    private final Set<String> refused = ConcurrentHashMap.newKeySet();

    Exchange(ConnectionSettings settings, Pause pause) {
        this(settings, pause, TIMEOUT, QUICK);
    }

    /**
     * An exchange with times of its own.
     *
     * @param timeout how long to wait for an answer
     * @param quick how much of that passes before the pause begins
     */
    Exchange(ConnectionSettings settings, Pause pause, Duration timeout, Duration quick) {
        this.settings = settings;
        this.pause = pause;
        this.timeout = timeout;
        this.quick = quick;
    }

    /**
     * Sends a request and waits for its answer.
     *
     * @param connection the one that is up
     * @throws JetStreamException if the server does not answer in time or refuses the publication, nobody listens to the
     *     subject, or the connection is lost
     */
    Message request(Connection connection, String subject, byte[] body) throws JetStreamException {
        return request(connection, subject, null, body);
    }

    /** The same with headers; null for none. */
    Message request(Connection connection, String subject, @Nullable Headers headers, byte[] body)
            throws JetStreamException {
        refused.remove(subject);
        CompletableFuture<Message> answer = connection.requestWithTimeout(subject, headers, body, timeout);
        var request = new UnderWay(subject, answer);
        underWay.add(request);
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
                            .formatted(settings, subject, timeout.toSeconds()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JetStreamException.Unreachable("interrupted while waiting for " + settings);
        } finally {
            underWay.remove(request);
        }
    }

    private Message await(CompletableFuture<Message> answer)
            throws ExecutionException, InterruptedException, TimeoutException {
        try {
            return answer.get(quick.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            pause.begin();
            try {
                return answer.get(timeout.minus(quick).toMillis(), TimeUnit.MILLISECONDS);
            } finally {
                pause.end();
            }
        }
    }

    /** The server refused a publication to this subject. It may say so before the request waits for its answer. */
    void refused(String subject) {
        refused.add(subject);
        underWay.stream()
                .filter(request -> request.subject.equals(subject))
                .forEach(request -> request.answer.completeExceptionally(new Refused()));
    }

    /** The connection is lost, so that all requests fail. */
    void lost() {
        underWay.forEach(request -> request.answer.completeExceptionally(connectionLost()));
    }

    private static IOException connectionLost() {
        return new IOException("the connection is lost");
    }

    private JetStreamException failure(String subject, Throwable cause) {
        if (cause instanceof JetStreamStatusException) {
            return noResponders();
        }
        if (cause instanceof Refused) {
            return new JetStreamException.Denied(
                    "the NATS user may not publish to %s on %s: allow it in its permissions"
                            .formatted(subject, settings));
        }
        return new JetStreamException.Unreachable(settings + " did not answer: " + cause.getMessage());
    }

    /**
     * Behind a domain or an import, JetStream is another server's: nobody responds while the link to that is down, whether it
     * has JetStream or not.
     */
    private JetStreamException noResponders() {
        return settings.isOwnApi()
                ? new JetStreamException.Disabled(
                        "%s has no JetStream for this account: start nats-server with --jetstream, and enable JetStream for the account"
                                .formatted(settings),
                        Cure.NONE)
                : new JetStreamException.NoResponders(
                        "nobody responds to %s.> on %s: see whether the leaf node's link to that domain is up, and whether domain or apiPrefix is right"
                                .formatted(settings.apiPrefix(), settings));
    }

    /** A request; equal to itself only. */
    private static final class UnderWay {
        private final String subject;
        private final CompletableFuture<Message> answer;

        UnderWay(String subject, CompletableFuture<Message> answer) {
            this.subject = subject;
            this.answer = answer;
        }
    }

    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
