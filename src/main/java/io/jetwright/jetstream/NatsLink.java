package io.jetwright.jetstream;

import io.nats.client.AuthHandler;
import io.nats.client.AuthenticationException;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener.Events;
import io.nats.client.ErrorListener;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.Subscription;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
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
    private static final Duration FIRST_ATTEMPT = Duration.ofSeconds(3);
    private static final Duration PAUSE_MIN = Duration.ofMillis(100);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(2);

    /** How long a connection may be away before everything that depends on it is told. */
    private static final Duration DOWN_GRACE = Duration.ofSeconds(3);

    private static final Pattern VIOLATION =
            Pattern.compile("Permissions Violation for Publish to \"([^\"]+)\"", Pattern.CASE_INSENSITIVE);

    private static final Pattern DEAF =
            Pattern.compile("Permissions Violation for Subscription to \"_INBOX[.]", Pattern.CASE_INSENSITIVE);

    private static final Pattern PASSWORD = Pattern.compile("//[^/@\\s]*@");

    private final ConnectionSettings settings;
    private final ConnectionListener listener;
    private final Consumer<Connection> onConnect;
    private final CountDownLatch attempted = new CountDownLatch(1);
    private final Exchange exchange;
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
        this.exchange = new Exchange(settings);
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
        return exchange.request(connection(), subject, body);
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
            Connection fresh = connect();
            connection = fresh;
            LOG.info(
                    "Connected to {}, nats-server {}",
                    settings,
                    fresh.getServerInfo().getVersion());
            listener.connected(settings);
            return true;
        } catch (JetStreamException.Denied e) {
            failed(e);
        } catch (AuthenticationException e) {
            failed(new JetStreamException.Denied(
                    "%s refused the credentials (%s): correct user, password, token or credentials file"
                            .formatted(settings, e.getMessage())));
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            debug(e.toString());
            failed(new JetStreamException.Unreachable(
                    "%s cannot be reached: see whether nats-server runs there, and whether the address is right"
                            .formatted(settings)));
        } finally {
            attempted.countDown();
        }
        return false;
    }

    private Connection connect() throws IOException, InterruptedException, JetStreamException.Denied {
        Connection fresh = Nats.connect(options());
        boolean isUsable = false;
        try {
            checkInbox(fresh);
            onConnect.accept(fresh);
            isUsable = true;
            return fresh;
        } finally {
            if (!isUsable) {
                fresh.close();
            }
        }
    }

    /** Who may not subscribe to an inbox hears no answer to any request. */
    private void checkInbox(Connection fresh) throws InterruptedException, JetStreamException.Denied {
        Subscription inbox = fresh.subscribe(fresh.createInbox());
        try {
            fresh.flush(CONNECT_TIMEOUT);
        } catch (TimeoutException e) {
            throw new IllegalStateException(settings + " does not answer", e);
        }
        inbox.unsubscribe();
        String error = fresh.getLastError();
        if (error != null && DEAF.matcher(error).find()) {
            throw new JetStreamException.Denied(
                    "the NATS user may not subscribe to _INBOX.> on %s, and so hears no answers: allow it in its permissions"
                            .formatted(settings));
        }
    }

    private void failed(JetStreamException reason) {
        if (!Objects.equals(reason.getMessage(), failure.getMessage())) {
            LOG.warn("{}", reason.getMessage());
        }
        failure = reason;
    }

    /** For what jnats says, which may quote the servers' URLs with the passwords in them. */
    private void debug(String text) {
        LOG.debug("{}: {}", settings, PASSWORD.matcher(text).replaceAll("//"));
    }

    private Options options() throws JetStreamException.Denied {
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
            builder.authHandler(authentication(settings.credentials()));
        }
        return builder.build();
    }

    private static AuthHandler authentication(Path credentials) throws JetStreamException.Denied {
        AuthHandler handler = Nats.credentials(credentials.toString());
        try {
            if (handler.getJWT() != null && handler.getID() != null) {
                return handler;
            }
        } catch (IllegalStateException e) {
            LOG.debug("{}: {}", credentials, e.toString());
        }
        throw new JetStreamException.Denied(
                "the credentials file %s holds no user's JWT and seed: see whether it is one that nsc has written"
                        .formatted(credentials));
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
                exchange.lost();
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
            end(current);
        }
    }

    private static void end(Connection connection) {
        try {
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Turns refused publications into failed requests at once, and ends a connection that hears no answers any more, to
     * make it anew until it does; the rest is only for the log.
     */
    private final class Errors implements ErrorListener {
        @Override
        public void errorOccurred(Connection source, String error) {
            Matcher violation = VIOLATION.matcher(error);
            if (violation.find()) {
                exchange.refused(violation.group(1));
            }
            if (source == connection && DEAF.matcher(error).find()) {
                Thread.ofVirtual().start(() -> end(source));
            }
            debug(error);
        }

        @Override
        public void exceptionOccurred(Connection source, Exception exception) {
            if (exception instanceof IOException || exception instanceof TimeoutException) {
                debug(exception.toString());
            } else {
                LOG.warn("{}: {}", settings, exception.toString(), exception);
            }
        }
    }
}
