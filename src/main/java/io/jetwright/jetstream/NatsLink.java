package io.jetwright.jetstream;

import io.jetwright.nats.Attempt;
import io.jetwright.nats.ConnectFailure;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.nats.Sensitive;
import io.jetwright.nats.SettingNames;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener.Events;
import io.nats.client.ErrorListener;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Subscription;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that is kept up for ever. Nobody waits for it: while it is down, requests fail at once and say why, and
 * the listener is told when that changes.
 */
final class NatsLink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NatsLink.class);
    private static final Duration PAUSE_MIN = Duration.ofMillis(100);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(2);

    /** How long a first attempt may take until it is worth a report. */
    private static final Duration FIRST_ATTEMPT = Duration.ofSeconds(3);

    /** How long a connection may be away before everything that depends on it is told. */
    private static final Duration DOWN_GRACE = Duration.ofSeconds(2);

    private static final Pattern VIOLATION =
            Pattern.compile("Permissions Violation for Publish to \"([^\"]+)\"", Pattern.CASE_INSENSITIVE);

    private static final Pattern DEAF =
            Pattern.compile("Permissions Violation for Subscription to \"_INBOX[.]", Pattern.CASE_INSENSITIVE);

    private static final SettingNames NAMES = new SettingNames(
            "spec.tls",
            "tlsFirst",
            "the authorities (ca) in the Secret of spec.tls",
            "cert and key in the Secret of spec.tls");

    private final ConnectionSettings settings;
    private final ConnectionListener listener;
    private final Network network;
    private final Clock clock = Clock.systemUTC();
    private final Consumer<Connection> onConnect;
    private final Exchange exchange;
    private final ExecutorService callbacks =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicReference<@Nullable Connection> connection = new AtomicReference<>();

    private volatile List<String> discovered = List.of();
    private volatile Instant downSince = clock.instant();
    private volatile JetStreamException failure;

    /** Whether {@link #failure} is that the connection was lost. */
    private volatile boolean lost;

    private volatile Link.@Nullable Trouble lastTrouble;

    /**
     * Begins to connect, and returns at once.
     *
     * @param onConnect called with each new connection before anybody is told of it
     */
    NatsLink(
            ConnectionSettings settings,
            ConnectionListener listener,
            Network network,
            Pause pause,
            Consumer<Connection> onConnect) {
        this.settings = settings;
        this.listener = listener;
        this.network = network;
        this.onConnect = onConnect;
        this.exchange = new Exchange(settings, pause);
        this.failure = new JetStreamException.Connecting("connecting to " + settings);
        network.tasks().execute(this::connectUntilUp);
        var unused = network.timer()
                .schedule(this::tellIfStillConnecting, FIRST_ATTEMPT.toMillis() + 50, TimeUnit.MILLISECONDS);
    }

    /** A first attempt that takes long is reported before it is over. */
    private void tellIfStillConnecting() {
        if (closed.getCount() > 0 && !isUp() && failure instanceof JetStreamException.Connecting) {
            network.tasks().execute(() -> listener.disconnected(settings));
        }
    }

    boolean isUp() {
        Connection current = connection.get();
        return current != null && current.getStatus() == Connection.Status.CONNECTED;
    }

    /** Whether the outcome of the first attempt is not known yet; the listener is told of it. */
    boolean isConnecting() {
        return !isUp() && failure instanceof JetStreamException.Connecting && !isDownFor(FIRST_ATTEMPT);
    }

    Link.@Nullable Trouble lastTrouble() {
        return lastTrouble;
    }

    /** The connection, which is up. */
    Connection connection() throws JetStreamException {
        Connection current = connection.get();
        if (current != null && current.getStatus() == Connection.Status.CONNECTED) {
            return current;
        }
        JetStreamException known = failure;
        if (known instanceof JetStreamException.Connecting && isDownFor(FIRST_ATTEMPT)) {
            throw new JetStreamException.Unreachable(
                    settings + " has not answered yet: see whether nats-server runs there");
        }
        throw known;
    }

    private boolean isDownFor(Duration time) {
        return downSince.plus(time).isBefore(clock.instant());
    }

    /** Sends a request and waits for its answer. */
    Message request(String subject, byte[] body) throws JetStreamException {
        return exchange.request(connection(), subject, body);
    }

    private void connectUntilUp() {
        Duration pause = PAUSE_MIN;
        try {
            while (closed.getCount() > 0 && !isConnected()) {
                pause = pause.multipliedBy(2).compareTo(PAUSE_MAX) < 0 ? pause.multipliedBy(2) : PAUSE_MAX;
                if (closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whatever the listener does, it is tried again. */
    private boolean isConnected() throws InterruptedException {
        try {
            boolean isConnected = connectOnce();
            if (isConnected && closed.getCount() > 0) {
                listener.connected(settings);
            }
            return isConnected;
        } catch (RuntimeException e) {
            LOG.error(
                    "{} is tried again, after what nobody foresaw: {}",
                    settings,
                    Sensitive.withoutCredentials(e.toString()));
            return isUp();
        }
    }

    private boolean connectOnce() throws InterruptedException {
        var life = new Life();
        try {
            Connection fresh = life.connect();
            connection.set(fresh);
            if (closed.getCount() == 0) {
                end(fresh);
                return true;
            }
            if (fresh.getStatus() == Connection.Status.CLOSED) {
                connection.set(null);
                return false;
            }
            LOG.info(
                    "Connected to {}, nats-server {}",
                    settings,
                    fresh.getServerInfo().getVersion());
            return true;
        } catch (JetStreamException e) {
            failed(e);
        } catch (ConnectFailure e) {
            failed(JetStreamException.of(e));
        } catch (IOException | IllegalStateException | IllegalArgumentException e) {
            debug(e.toString());
            failed(JetStreamException.of(life.attempt.failed(e)));
        } catch (RuntimeException e) {
            failed(new JetStreamException.Unreachable(
                    "%s cannot be used, for a reason that nobody foresaw (%s): it is tried again; please report this"
                            .formatted(settings, Sensitive.withoutCredentials(e.toString()))));
        }
        return false;
    }

    /** Who may not subscribe to an inbox hears no answer to any request. */
    private void checkInbox(Connection fresh) throws InterruptedException, JetStreamException.Denied {
        Subscription inbox = fresh.subscribe(fresh.createInbox());
        try {
            fresh.flush(NatsOptions.CONNECT_TIMEOUT);
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

    /** A reason like the last one is no news; neither is it that a lost connection does not come back. */
    private void failed(JetStreamException reason) {
        JetStreamException known = failure;
        lastTrouble = new Link.Trouble(String.valueOf(reason.getMessage()), clock.instant());
        if ((lost && reason instanceof JetStreamException.Unreachable)
                || Objects.equals(reason.getMessage(), known.getMessage())) {
            return;
        }
        LOG.warn("{}", reason.getMessage());
        lost = false;
        failure = reason;
        if (known instanceof JetStreamException.Connecting || isDownFor(DOWN_GRACE)) {
            listener.disconnected(settings);
        }
    }

    private void lost(Connection source) {
        if (closed.getCount() == 0 || !connection.compareAndSet(source, null)) {
            return;
        }
        discovered = List.copyOf(source.getServers());
        downSince = clock.instant();
        lost = true;
        failure = new JetStreamException.Unreachable("the connection to " + settings
                + " is lost, and is tried again all the time: see whether nats-server runs there");
        lastTrouble = new Link.Trouble(String.valueOf(failure.getMessage()), downSince);
        LOG.warn("{}", failure.getMessage());
        exchange.lost();
        network.tasks().execute(this::connectUntilUp);
        var unused = network.timer().schedule(this::tellIfStillDown, DOWN_GRACE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void tellIfStillDown() {
        if (closed.getCount() > 0 && !isUp() && isDownFor(DOWN_GRACE.minusMillis(100))) {
            network.tasks().execute(() -> listener.disconnected(settings));
        }
    }

    private void debug(String text) {
        LOG.debug("{}: {}", settings, Sensitive.withoutCredentials(text));
    }

    @Override
    public void close() {
        closed.countDown();
        failure = new JetStreamException.Unreachable("the connection to " + settings + " is no longer needed");
        Connection current = connection.getAndSet(null);
        exchange.lost();
        if (current != null) {
            end(current);
        }
        callbacks.shutdown();
    }

    private static void end(Connection connection) {
        try {
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * An attempt, and the connection that comes of it. Turns refused publications into failed requests at once, and ends
     * a connection that hears no answers any more, to make it anew until it does; the rest is only for the log.
     */
    private final class Life implements ErrorListener {
        private final Attempt attempt = new Attempt(settings, NAMES, callbacks);

        Connection connect() throws IOException, InterruptedException, ConnectFailure, JetStreamException.Denied {
            Connection fresh = Nats.connect(new NatsOptions(settings, network, discovered)
                    .build((source, event) -> heard(source, event), this, callbacks));
            boolean isUsable = false;
            try {
                checkInbox(fresh);
                onConnect.accept(fresh);
                isUsable = true;
                attempt.succeeded();
                return fresh;
            } finally {
                if (!isUsable) {
                    fresh.close();
                }
            }
        }

        private void heard(Connection source, Events event) {
            if (event == Events.DISCONNECTED || event == Events.CLOSED) {
                lost(source);
            }
        }

        @Override
        public void errorOccurred(Connection source, String error) {
            Matcher violation = VIOLATION.matcher(error);
            if (violation.find()) {
                exchange.refused(violation.group(1));
            }
            if (DEAF.matcher(error).find() && connection.get() == source) {
                network.tasks().execute(() -> end(source));
            }
            debug(error);
        }

        @Override
        public void exceptionOccurred(Connection source, Exception exception) {
            attempt.told(exception);
            debug(exception.toString());
        }
    }
}
