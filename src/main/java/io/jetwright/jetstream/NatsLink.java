package io.jetwright.jetstream;

import io.nats.client.AuthenticationException;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener.Events;
import io.nats.client.ErrorListener;
import io.nats.client.JetStreamStatusException;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that is kept up for ever. While it is down, requests fail at once and say why; only the first ones wait
 * for the first attempt.
 */
final class NatsLink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NatsLink.class);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration FIRST_ATTEMPT = Duration.ofSeconds(3);
    private static final Duration PAUSE_MIN = Duration.ofMillis(100);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(2);

    /** How long a connection may be away before everything that depends on it is told. */
    private static final Duration DOWN_GRACE = Duration.ofSeconds(3);

    private static final Pattern VIOLATION =
            Pattern.compile("Permissions Violation for Publish to \"([^\"]+)\"", Pattern.CASE_INSENSITIVE);

    private final ConnectionSettings settings;
    private final ConnectionListener listener;
    private final Consumer<Connection> onConnect;
    private final CountDownLatch attempted = new CountDownLatch(1);
    private final ConcurrentMap<String, CompletableFuture<Message>> underWay = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Connection connection;
    private volatile JetStreamException failure;

    /**
     * Begins to connect, and returns at once.
     *
     * @param onConnect called with each new connection before anybody is told of it
     */
    NatsLink(ConnectionSettings settings, ConnectionListener listener, Consumer<Connection> onConnect) {
        this.settings = settings;
        this.listener = listener;
        this.onConnect = onConnect;
        this.failure = new JetStreamException.Unreachable(settings + " has not been reached yet");
        startConnecting();
    }

    /** The connection, which is up. */
    Connection connection() throws JetStreamException {
        awaitFirstAttempt();
        Connection current = connection;
        if (current == null || current.getStatus() != Connection.Status.CONNECTED) {
            throw failure;
        }
        return current;
    }

    /** Sends a request and waits for its answer. */
    Message request(String subject, byte[] body) throws JetStreamException {
        CompletableFuture<Message> answer = connection().requestWithTimeout(subject, body, REQUEST_TIMEOUT);
        underWay.put(subject, answer);
        try {
            return answer.get(REQUEST_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw answered(subject, Objects.requireNonNullElse(e.getCause(), e));
        } catch (TimeoutException | CancellationException e) {
            throw new JetStreamException.Unreachable(
                    "%s did not answer %s within %d s: see whether its JetStream has a leader"
                            .formatted(settings, subject, REQUEST_TIMEOUT.toSeconds()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JetStreamException.Unreachable("interrupted while waiting for " + settings);
        } finally {
            underWay.remove(subject, answer);
        }
    }

    private JetStreamException answered(String subject, Throwable cause) {
        if (cause instanceof JetStreamStatusException) {
            return new JetStreamException.Disabled(
                    "%s has no JetStream for this account: start nats-server with --jetstream, and enable JetStream for the account"
                            .formatted(settings));
        }
        if (cause instanceof Violation) {
            return new JetStreamException.Denied(
                    "the NATS user may not publish to %s on %s: allow it in its permissions"
                            .formatted(subject, settings));
        }
        return new JetStreamException.Unreachable(settings + " did not answer: " + cause.getMessage());
    }

    private void awaitFirstAttempt() throws JetStreamException {
        try {
            if (!attempted.await(FIRST_ATTEMPT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw failure;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }

    private void startConnecting() {
        Thread.ofVirtual().name("nats-connect-" + settings).start(this::connectForEver);
    }

    private void connectForEver() {
        Duration pause = PAUSE_MIN;
        try {
            do {
                if (connectOnce()) {
                    return;
                }
                pause = pause.multipliedBy(2).compareTo(PAUSE_MAX) < 0 ? pause.multipliedBy(2) : PAUSE_MAX;
            } while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean connectOnce() throws InterruptedException {
        try {
            Connection fresh = Nats.connect(options());
            onConnect.accept(fresh);
            connection = fresh;
            LOG.info(
                    "Connected to {}, nats-server {}",
                    settings,
                    fresh.getServerInfo().getVersion());
            listener.connected(settings);
            return true;
        } catch (AuthenticationException e) {
            failed(new JetStreamException.Denied(
                    "%s refused the credentials (%s): correct user, password, token or credentials file"
                            .formatted(settings, e.getMessage())));
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            failed(new JetStreamException.Unreachable(
                    "%s cannot be reached: see whether nats-server runs there, and whether the address is right"
                            .formatted(settings)));
        } finally {
            attempted.countDown();
        }
        return false;
    }

    private void failed(JetStreamException reason) {
        if (!Objects.equals(reason.getMessage(), failure.getMessage())) {
            LOG.warn("{}", reason.getMessage());
        }
        failure = reason;
    }

    private Options options() {
        var builder = new Options.Builder()
                .servers(settings.servers().stream().map(Object::toString).toArray(String[]::new))
                .connectionName("jetwright")
                .connectionTimeout(CONNECT_TIMEOUT)
                .maxReconnects(-1)
                .reconnectWait(Duration.ofMillis(250))
                .reconnectJitter(Duration.ofMillis(100))
                .reconnectBufferSize(0)
                .reportNoResponders()
                .connectionListener((source, event) -> heard(source, event))
                .errorListener(new Errors());
        if (settings.credentials() != null) {
            builder.authHandler(Nats.credentials(settings.credentials().toString()));
        }
        return builder.build();
    }

    private void heard(Connection source, Events event) {
        if (source != connection) {
            return;
        }
        switch (event) {
            case RECONNECTED -> {
                LOG.info("Connected to {} again", settings);
                listener.connected(settings);
            }
            case DISCONNECTED -> {
                failed(new JetStreamException.Unreachable("the connection to " + settings
                        + " is lost, and is tried again all the time: see whether nats-server runs there"));
                underWay.values()
                        .forEach(answer -> answer.completeExceptionally(new IOException("the connection is lost")));
                Thread.ofVirtual().start(this::tellWhenStillDown);
            }
            case CLOSED -> {
                if (closed.getCount() > 0) {
                    startConnecting();
                }
            }
            default -> {}
        }
    }

    private void tellWhenStillDown() {
        try {
            boolean isClosed = closed.await(DOWN_GRACE.toMillis(), TimeUnit.MILLISECONDS);
            Connection current = connection;
            if (!isClosed && (current == null || current.getStatus() != Connection.Status.CONNECTED)) {
                listener.disconnected(settings);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        Connection current = connection;
        if (current != null) {
            try {
                current.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static final class Violation extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** Turns refused publications into failed requests at once; the rest is only for the log. */
    private final class Errors implements ErrorListener {
        @Override
        public void errorOccurred(Connection source, String error) {
            Matcher violation = VIOLATION.matcher(error);
            if (violation.find()) {
                CompletableFuture<Message> refused = underWay.get(violation.group(1));
                if (refused != null) {
                    refused.completeExceptionally(new Violation());
                }
            }
            LOG.debug("{}: {}", settings, error);
        }

        @Override
        public void exceptionOccurred(Connection source, Exception exception) {
            if (exception instanceof IOException) {
                LOG.debug("{}: {}", settings, exception.toString());
            } else {
                LOG.warn("{}: {}", settings, exception.toString(), exception);
            }
        }
    }
}
